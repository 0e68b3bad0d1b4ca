"""Every way out on paper or file: letters, workbook, CSV, JSON, journal. It shows amounts and never computes one."""

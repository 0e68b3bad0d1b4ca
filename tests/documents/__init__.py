"""Tests of letters, workbook, CSV, JSON and journal."""

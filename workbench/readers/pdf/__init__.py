"""PDF pages as words, lines and rows: geometry from pdfium, checked against pdfplumber."""

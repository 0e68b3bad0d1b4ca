"""Scanned files: pictures made of printed pages, recognised for real where the extra is installed."""

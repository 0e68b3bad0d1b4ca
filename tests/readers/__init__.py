"""Readers: files of every format as rows and lines with places."""

"""Bytes to tables and text with positions. Readers know files; they know no finance."""

"""The words in both languages."""

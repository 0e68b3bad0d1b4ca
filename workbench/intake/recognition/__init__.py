"""Recognised tables: words repaired by the vocabulary, figures by arithmetic, and what stays unproven is listed."""

"""Whole cases from documents to figures."""

"""Statements: generated ledgers in every layout, real samples, mutations."""

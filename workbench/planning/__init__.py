"""What to do next, by pure functions over the audit: market, rhythm, review."""

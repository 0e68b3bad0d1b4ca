"""Contract clauses become canonical terms: rules as data and small pure functions, one file a subject."""

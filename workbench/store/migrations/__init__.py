"""Migrations shipped in the package; the store runs them when it opens."""

"""The places one can be in: the list of cases, a case, an import."""

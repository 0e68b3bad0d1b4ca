"""Documents become facts: each with its place in the file and its proof; nothing is saved here."""

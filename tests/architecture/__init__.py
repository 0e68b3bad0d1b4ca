"""What the code may look like: sizes, prose, imports, versions."""

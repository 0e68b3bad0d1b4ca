"""The command line: its words, its streams, its exit codes."""

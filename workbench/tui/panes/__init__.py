"""The tabs of a case: each shows one side of the same loaded view and says what the detail pane should explain."""

"""Files and circumstances that go wrong: one clear line, nothing half-written."""

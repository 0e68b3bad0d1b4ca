"""Speed and memory, measured on demand (``make bench``); never part of the timed tests."""

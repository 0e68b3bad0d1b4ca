"""Questions to the person: each takes plain data, returns data, and writes nothing."""

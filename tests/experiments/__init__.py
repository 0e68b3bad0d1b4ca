"""Experiments: how much of what the simulator plants does the product find, and what do mutated files do to it."""

"""Recompute, test and answer a forced liquidation."""

__version__ = "0.1.0"

"""Tests of the use cases on real homes."""

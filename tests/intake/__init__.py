"""Tests of what documents mean."""

"""Tests of the dated tables."""

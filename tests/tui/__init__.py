"""Tests of the terminal interface: presenters by value, screens by pilot with a fake backend, pictures of screens."""

"""Reusable parts: tables by line, pictures in cells, key bar, plot, detail pane."""

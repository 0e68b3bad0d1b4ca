"""Pure functions from domain values to display rows and details; no widget, no service, no clock."""

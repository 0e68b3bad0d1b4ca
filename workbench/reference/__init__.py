"""Dated public tables (LPR, charges, calendar, statutes) as data files with sources and last dates, and their loaders."""

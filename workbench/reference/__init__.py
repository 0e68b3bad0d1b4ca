"""Dated public tables (LPR, charges, calendar, statutes) as data with sources and last dates, and their loaders."""

"""Rows, converters, repositories, unit of work, migrations and the vault; the only place that knows the database."""

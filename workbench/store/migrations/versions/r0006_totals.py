"""Totals per imported file, so that a list of cases need not read every posting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table and count what is here; a file's postings never change, so the totals hold."""
    op.create_table(
        "document_totals",
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("stated", sa.BigInteger(), nullable=False),
    )
    op.execute(
        "INSERT INTO document_totals (document_id, kind, code, rows, first_day, last_day, stated) "
        "SELECT document_id, kind, coalesce(code, ''), count(*), min(day), max(day), sum(stated) "
        "FROM lines GROUP BY document_id, kind, coalesce(code, '')"
    )
    op.execute(
        "INSERT INTO document_totals (document_id, kind, code, rows, first_day, last_day, stated) "
        "SELECT document_id, 'bar', code, count(*), min(day), max(day), 0 FROM bars GROUP BY document_id, code"
    )
    op.create_index("ix_lines_document_id_label", "lines", ["document_id", "label"])

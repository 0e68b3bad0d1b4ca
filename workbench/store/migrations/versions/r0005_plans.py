"""Own assets and offers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two tables; nothing existing changes."""
    case = sa.ForeignKey("cases.id", ondelete="CASCADE")
    op.create_table(
        "own_assets",
        sa.Column("case_id", sa.Integer(), case, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("name", "kind", "code")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("quantity", "price", "haircut")),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("fee_rate", sa.String(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("fee_min", "tax_rate", "keep")),
        sa.Column("lot", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "offers",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )

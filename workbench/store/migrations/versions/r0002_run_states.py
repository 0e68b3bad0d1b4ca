"""What a run rested on: a person's decisions and the reference tables of its day, so that it can be recomputed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the decisions to runs (absent for earlier ones) and a table of reference tables by version."""
    op.create_table(
        "reference_versions",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.add_column("audit_runs", sa.Column("decisions", sa.JSON(), nullable=True))

"""Cases that are opened for reading only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add one column; the cases that are here can all be changed."""
    op.add_column("cases", sa.Column("sealed", sa.Boolean(), nullable=False, server_default=sa.false()))

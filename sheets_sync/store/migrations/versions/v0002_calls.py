"""The calls to Google of the last minutes: what the limiter of all workers counts."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.types import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; what it holds is forgotten after some minutes."""
    op.create_table(
        "calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("project", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_index("calls_project", "calls", ["project", "kind"])

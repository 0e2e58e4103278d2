"""The first tables."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.types import Instant, Json

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; there is no way back but a copy of the database."""
    _coordination()
    _telling()
    _intake()
    _history()


def _coordination() -> None:
    op.create_table(
        "leases",
        sa.Column("community", sa.String, primary_key=True),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("renewed", Instant, nullable=False),
        sa.Column("expires", Instant, nullable=False),
    )
    op.create_table(
        "memory",
        sa.Column("community", sa.String, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", Json, nullable=False),
    )


def _telling() -> None:
    op.create_table(
        "alerts",
        sa.Column("community", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("opened", Instant, nullable=False),
        sa.Column("changed", Instant, nullable=False),
        sa.Column("closed", Instant),
        sa.Column("told", Json, nullable=False),
        sa.Column("told_severity", sa.Integer, nullable=False),
        sa.Column("snoozed_until", sa.Date),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("next_try", Instant, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("settled", Instant),
        sa.Column("reason", sa.Text, nullable=False),
        sa.UniqueConstraint("community", "key"),
    )
    op.create_index("outbox_due", "outbox", ["state", "next_try"])


def _intake() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("received", Instant, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("claimed_until", Instant),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("row_identity", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("settled", Instant),
        sa.Column("conflicts", sa.Integer, nullable=False),
        sa.UniqueConstraint("community", "form", "message_id"),
    )
    op.create_index("inbox_state", "inbox", ["community", "state"])


def _history() -> None:
    op.create_table(
        "writes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("spreadsheet", sa.String, nullable=False),
        sa.Column("token", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("requests", Json, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("planned", Instant, nullable=False),
        sa.Column("sent", Instant),
        sa.Column("settled", Instant),
    )
    op.create_index("writes_state", "writes", ["community", "state"])
    op.create_table(
        "passes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("community", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("started", Instant, nullable=False),
        sa.Column("finished", Instant),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("counts", Json, nullable=False),
    )
    op.create_index("passes_started", "passes", ["community", "started"])

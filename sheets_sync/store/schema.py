"""The tables, as the newest migration leaves them. Every row names its community."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from sheets_sync.store.types import Instant, Json

VERSION = "0002"
"""The newest migration: what the database must stand at for this program."""

metadata = MetaData()

Id = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column of plain INTEGER."""

leases = Table(
    "leases",
    metadata,
    Column("community", String, primary_key=True),
    Column("token", BigInteger, nullable=False),
    Column("holder", String, nullable=False),
    Column("renewed", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("community", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("rule", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("opened", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    Column("closed", Instant),
    Column("told", Json, nullable=False),
    Column("told_severity", Integer, nullable=False),
    Column("snoozed_until", Date),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community", String, nullable=False),
    Column("key", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("created", Instant, nullable=False),
    Column("next_try", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("settled", Instant),
    Column("reason", Text, nullable=False),
    UniqueConstraint("community", "key"),
)
Index("outbox_due", outbox.c.state, outbox.c.next_try)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community", String, nullable=False),
    Column("form", String, nullable=False),
    Column("message_id", String, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary),
    Column("received", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("claimed_until", Instant),
    Column("tries", Integer, nullable=False),
    Column("row_identity", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("settled", Instant),
    Column("conflicts", Integer, nullable=False),
    UniqueConstraint("community", "form", "message_id"),
)
Index("inbox_state", inbox.c.community, inbox.c.state)

writes = Table(
    "writes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community", String, nullable=False),
    Column("spreadsheet", String, nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("requests", Json, nullable=False),
    Column("before", Json, nullable=False),
    Column("planned", Instant, nullable=False),
    Column("sent", Instant),
    Column("settled", Instant),
)
Index("writes_state", writes.c.community, writes.c.state)

passes = Table(
    "passes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("calls", Integer, nullable=False),
    Column("counts", Json, nullable=False),
)
Index("passes_started", passes.c.community, passes.c.started)

memory = Table(
    "memory",
    metadata,
    Column("community", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", Json, nullable=False),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("community", String, nullable=False),
    Column("account", String, nullable=False),
    Column("project", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seconds", Float, nullable=False),
)
Index("calls_project", calls.c.project, calls.c.kind)

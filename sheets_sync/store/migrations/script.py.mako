"""${message}."""

import sqlalchemy as sa
from alembic import op

from sheets_sync.store.types import Instant, Json

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Make the change; there is no way back but a copy of the database."""
    ${upgrades if upgrades else "pass"}

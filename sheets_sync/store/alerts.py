"""What is known of alerts, from pass to pass."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, select

from rules.finding import Role, Severity
from rules.lifecycle import Alert
from sheets_sync.store import schema
from sheets_sync.store.database import put_all


def known(connection: Connection, community: str, zone: tzinfo = UTC) -> dict[str, Alert]:
    """Every alert by id, closed ones too; its times are in `zone`."""
    rows = connection.execute(select(schema.alerts).where(schema.alerts.c.community == community))
    return {row.id: _alert(row, zone) for row in rows}


def save(connection: Connection, community: str, alerts: Iterable[Alert]) -> None:
    """Remember alerts, new or changed."""
    put_all(connection, schema.alerts, [_row(community, alert) for alert in alerts])


def _row(community: str, alert: Alert) -> dict[str, Any]:
    return {
        "community": community,
        "id": alert.id,
        "rule": alert.rule,
        "key": alert.key,
        "severity": int(alert.severity),
        "opened": alert.opened,
        "changed": alert.changed,
        "closed": alert.closed,
        "told": sorted(alert.told),
        "told_severity": int(alert.told_severity),
        "snoozed_until": alert.snoozed_until,
    }


def _alert(row: Row[Any], zone: tzinfo) -> Alert:
    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    return Alert(
        id=row.id,
        rule=row.rule,
        key=row.key,
        severity=Severity(row.severity),
        opened=local(row.opened),
        changed=local(row.changed),
        closed=local(row.closed) if row.closed else None,
        told=frozenset(map(Role, row.told)),
        told_severity=Severity(row.told_severity),
        snoozed_until=row.snoozed_until,
    )

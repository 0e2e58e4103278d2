from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.finding import Role, Severity
from rules.lifecycle import Alert
from sheets_sync.store import alerts
from sheets_sync.store.database import Connection, Engine, writing

ZONE = ZoneInfo("Asia/Jerusalem")
NIGHT = datetime(2026, 11, 22, 1, 30, tzinfo=ZONE)
ALERT = Alert("0f", "budget.overrun", "חגים", Severity.CARE, opened=NIGHT, changed=NIGHT)

moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.astimezone(ZONE)
)
any_alert = st.builds(
    Alert,
    id=st.text("0123456789abcdef", min_size=12, max_size=12),
    rule=st.sampled_from(["budget.overrun", "class.at_risk"]),
    key=st.text(max_size=40).filter(lambda text: "\0" not in text),
    severity=st.sampled_from(Severity),
    opened=moments,
    changed=moments,
    closed=st.none() | moments,
    told=st.frozensets(st.sampled_from(Role)),
    told_severity=st.sampled_from(Severity),
    snoozed_until=st.none() | st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(any_alert, max_size=5, unique_by=lambda alert: alert.id))
def test_what_is_saved_is_known(engine: Engine, saved: list[Alert]) -> None:
    community = uuid4().hex
    with writing(engine) as connection:
        alerts.save(connection, community, saved)
        assert alerts.known(connection, community, ZONE) == {alert.id: alert for alert in saved}


def test_the_day_an_alert_opened_is_the_communitys(connection: Connection) -> None:
    """Half past one at night is still the day before in UTC."""
    alerts.save(connection, "c", [ALERT])
    assert alerts.known(connection, "c", ZONE)["0f"].opened.date() == date(2026, 11, 22)


def test_a_later_save_replaces_and_leaves_others(connection: Connection) -> None:
    other = replace(ALERT, id="1f")
    alerts.save(connection, "c", [ALERT, other])
    closed = replace(ALERT, closed=NIGHT + timedelta(days=1), told=frozenset({Role.COORDINATOR}))
    alerts.save(connection, "c", [closed])
    alerts.save(connection, "elsewhere", [ALERT])
    assert alerts.known(connection, "c", ZONE) == {"0f": closed, "1f": other}

"""The calendar: days off, the work year, and the times in which nothing is sent."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import (
    ZONE,
    QuietHours,
    Spot,
    anniversary,
    candle_lighting,
    holocaust_day,
    independence_day,
    is_day_of_mourning,
    is_working_day,
    memorial_day,
    nightfall,
    nth_working_day_after,
    quiet_until,
    work_year,
)

DAYS = st.dates(date(1995, 1, 1), date(2060, 12, 31))
JERUSALEM = Spot(31.78, 35.22, 40)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2026, 11, 22), True, id="a Sunday"),
        pytest.param(date(2026, 11, 20), False, id="a Friday"),
        pytest.param(date(2026, 11, 21), False, id="Shabbat"),
        pytest.param(date(2026, 4, 1), False, id="the eve of Pesach"),
        pytest.param(date(2026, 4, 2), False, id="Pesach"),
        pytest.param(date(2026, 4, 5), True, id="chol ha-moed"),
        pytest.param(date(2026, 4, 7), False, id="the eve of the seventh day"),
        pytest.param(date(2026, 4, 8), False, id="the seventh day"),
        pytest.param(date(2026, 4, 9), True, id="isru chag; in Israel no eighth day"),
        pytest.param(date(2026, 4, 22), False, id="Independence Day"),
        pytest.param(date(2026, 4, 21), True, id="Memorial Day"),
        pytest.param(date(2026, 5, 21), False, id="the eve of Shavuot"),
        pytest.param(date(2026, 9, 20), False, id="the eve of Yom Kippur"),
        pytest.param(date(2026, 9, 21), False, id="Yom Kippur"),
        pytest.param(date(2026, 9, 30), True, id="chol ha-moed Sukkot"),
        pytest.param(date(2026, 12, 7), True, id="Hanukkah"),
        pytest.param(date(2026, 3, 3), True, id="Purim"),
        pytest.param(date(2026, 11, 9), True, id="Sigd"),
        pytest.param(date(2026, 7, 23), True, id="Tisha B'Av"),
        pytest.param(date(2024, 3, 24), True, id="Purim of Adar II"),
        pytest.param(date(2024, 2, 23), False, id="a Friday that is Purim Katan"),
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "n", "nth"),
    [
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 19), 1, date(2026, 11, 22)),
        (date(2026, 11, 20), 1, date(2026, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 4, 5)),
        (date(2026, 9, 10), 3, date(2026, 9, 16)),
    ],
)
def test_nth_working_day(day: date, n: int, nth: date) -> None:
    assert nth_working_day_after(day, n) == nth


@given(DAYS, st.integers(1, 15))
def test_the_nth_working_day_is_reached_one_by_one(day: date, n: int) -> None:
    nth = nth_working_day_after(day, n)
    between = [day + timedelta(days=at) for at in range(1, (nth - day).days + 1)]
    assert sum(map(is_working_day, between)) == n
    assert is_working_day(nth)


@pytest.mark.parametrize(
    ("year", "independence", "holocaust"),
    [
        # Dates as published by the Knesset.
        (2023, date(2023, 4, 26), date(2023, 4, 18)),
        (2024, date(2024, 5, 14), date(2024, 5, 6)),
        (2025, date(2025, 5, 1), date(2025, 4, 24)),
        (2026, date(2026, 4, 22), date(2026, 4, 14)),
        (2027, date(2027, 5, 12), date(2027, 5, 4)),
        (2021, date(2021, 4, 15), date(2021, 4, 8)),
        (2022, date(2022, 5, 5), date(2022, 4, 28)),
    ],
)
def test_days_of_the_nation(year: int, independence: date, holocaust: date) -> None:
    assert independence_day(year) == independence
    assert memorial_day(year) == independence - timedelta(days=1)
    assert holocaust_day(year) == holocaust


@given(st.integers(2005, 2090))
def test_days_of_the_nation_keep_away_from_shabbat(year: int) -> None:
    assert independence_day(year).strftime("%a") in ("Tue", "Wed", "Thu")
    assert holocaust_day(year).strftime("%a") not in ("Fri", "Sat", "Sun")


def test_tisha_b_av_moves_off_shabbat() -> None:
    assert not is_day_of_mourning(date(2022, 8, 6))
    assert is_day_of_mourning(date(2022, 8, 7))


@pytest.mark.parametrize(
    ("start", "today", "year"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (date(2026, 1, 1), date(2026, 12, 31))),
        (date(2026, 1, 1), date(2027, 1, 1), (date(2027, 1, 1), date(2027, 12, 31))),
        (date(2026, 9, 1), date(2026, 8, 31), (date(2025, 9, 1), date(2026, 8, 31))),
        (date(2026, 9, 1), date(2026, 9, 1), (date(2026, 9, 1), date(2027, 8, 31))),
        (date(2024, 2, 29), date(2025, 2, 28), (date(2024, 2, 29), date(2025, 2, 28))),
        (date(2024, 2, 29), date(2025, 3, 1), (date(2025, 3, 1), date(2026, 2, 28))),
        (date(2024, 2, 29), date(2028, 2, 29), (date(2028, 2, 29), date(2029, 2, 28))),
    ],
)
def test_work_year(start: date, today: date, year: tuple[date, date]) -> None:
    assert work_year(start, today) == year


@given(DAYS, DAYS)
def test_every_day_is_in_its_work_year(start: date, today: date) -> None:
    first, last = work_year(start, today)
    assert first <= today <= last
    assert anniversary(start, first.year) == first


SPOT, HOURS = Spot(), QuietHours()


def at(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def quiet_ends(moment: datetime, spot: Spot, hours: QuietHours) -> datetime:
    """The first moment at which no quiet holds, however many follow each other."""
    while end := quiet_until(moment, spot, hours):
        moment = end
    return moment


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        pytest.param(at("2026-11-22", "08:30"), at("2026-11-22", "08:30"), id="a Sunday morning"),
        pytest.param(at("2026-11-22", "21:59"), at("2026-11-22", "21:59"), id="before the quiet hours"),
        pytest.param(at("2026-11-22", "22:00"), at("2026-11-23", "07:00"), id="the quiet hours"),
        pytest.param(at("2026-11-22", "03:00"), at("2026-11-22", "07:00"), id="after midnight"),
        pytest.param(at("2026-11-20", "12:59"), at("2026-11-20", "12:59"), id="a Friday before 13:00"),
        pytest.param(
            at("2026-11-20", "13:00"), nightfall(date(2026, 11, 21), SPOT), id="Friday 13:00 to Shabbat's end"
        ),
        pytest.param(at("2026-11-21", "12:00"), nightfall(date(2026, 11, 21), SPOT), id="Shabbat"),
        pytest.param(at("2026-06-26", "23:00"), nightfall(date(2026, 6, 27), SPOT), id="summer, Friday night"),
        pytest.param(at("2026-09-11", "14:00"), nightfall(date(2026, 9, 13), SPOT), id="Shabbat and Rosh Hashana"),
        pytest.param(at("2026-05-21", "19:30"), nightfall(date(2026, 5, 23), SPOT), id="Shavuot into Shabbat"),
        pytest.param(at("2026-04-05", "12:00"), at("2026-04-05", "12:00"), id="chol ha-moed"),
        pytest.param(at("2026-09-21", "12:00"), nightfall(date(2026, 9, 21), SPOT), id="Yom Kippur"),
        pytest.param(at("2026-07-22", "20:00"), nightfall(date(2026, 7, 23), SPOT), id="Tisha B'Av"),
        pytest.param(at("2026-04-14", "12:00"), nightfall(date(2026, 4, 14), SPOT), id="Holocaust Day"),
        pytest.param(at("2026-04-21", "12:00"), nightfall(date(2026, 4, 21), SPOT), id="Memorial Day till evening"),
        pytest.param(at("2026-04-22", "12:00"), at("2026-04-22", "12:00"), id="Independence Day"),
        pytest.param(datetime(2026, 11, 22, 6, 30, tzinfo=UTC), at("2026-11-22", "08:30"), id="another zone"),
        pytest.param(at("2026-03-26", "23:00"), at("2026-03-27", "07:00"), id="the night the clock goes forward"),
        pytest.param(at("2026-10-24", "23:00"), at("2026-10-25", "07:00"), id="the night the clock goes back"),
    ],
)
def test_when_all_quiet_is_over(moment: datetime, sent: datetime) -> None:
    assert quiet_ends(moment, SPOT, HOURS) == sent


def test_candles_and_nightfall_of_the_community_s_place() -> None:
    """Published times for 20-21.11.2026: Jerusalem 16:00 and 17:15, Tel Aviv 16:17 and 17:16, to a few minutes."""
    eve = date(2026, 11, 20)
    assert abs(candle_lighting(eve, JERUSALEM) - at("2026-11-20", "16:00")) < timedelta(minutes=4)
    assert abs(candle_lighting(eve, SPOT) - at("2026-11-20", "16:20")) < timedelta(minutes=4)
    assert abs(nightfall(date(2026, 11, 21), JERUSALEM) - at("2026-11-21", "17:15")) < timedelta(minutes=4)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(ZONE)))
def test_the_moment_to_send_is_never_quiet_nor_early(moment: datetime) -> None:
    sent = quiet_ends(moment, SPOT, HOURS)
    assert sent.astimezone(UTC) >= moment.astimezone(UTC)
    assert quiet_until(sent, SPOT, HOURS) is None
    assert sent - moment < timedelta(days=5)


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = QuietHours(time(14, 0), time(16, 0))
    assert quiet_ends(at("2026-11-22", "14:00"), SPOT, noon) == at("2026-11-22", "16:00")
    assert quiet_ends(at("2026-11-22", "23:00"), SPOT, noon) == at("2026-11-22", "23:00")


def test_no_quiet_hours_at_all() -> None:
    none = QuietHours(time(0, 0), time(0, 0))
    assert quiet_ends(at("2026-11-22", "03:00"), SPOT, none) == at("2026-11-22", "03:00")

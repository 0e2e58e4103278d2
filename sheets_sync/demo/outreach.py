"""The invented channels, what was published in them, and what is still to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.calendar import nth_working_day_after
from sheets_sync.demo.draft import Draft
from sheets_sync.demo.offers import HALF_EMPTY, OFFERS, OPEN, SAFE
from sheets_sync.demo.parts import Record

ANSWER_DAY = 3
"""Thursday: the residents' questions of the week are answered."""

LETTER_TO = "המועצה האזורית"
LETTER_BY = 5
"""The working day of the month by which the monthly letter goes out."""

WHATSAPP, FACEBOOK, MAIL, SITE, LEAFLET = "ווטסאפ", "פייסבוק", "קבוצת תפוצה/מייל", "אתר", "עלון/ידיעון"


@dataclass(frozen=True, slots=True)
class Published:
    """Something published so many days from today (None: not yet), and when it was due."""

    title: str
    channel: str
    due: int
    day: int | None
    kind: str = "מידע"
    event: str | None = None


PUBLISHED = (
    Published("ערב שירה בציבור", WHATSAPP, -88, -89, "פרסום אירוע", "ערב שירה בציבור"),
    Published("יריד קהילתי: הזמנה", WHATSAPP, -55, -54, "הזמנה", "יריד קהילתי"),
    Published("החלטות ועד, ישיבה קודמת", WHATSAPP, -48, -50, "עדכון ועד/החלטות"),
    Published("תאריכי החוגים", WHATSAPP, -30, -30),
    Published("מה בלוח השבוע", WHATSAPP, -2, -2),
    Published("תמונות מהיריד", FACEBOOK, -35, -36),
    Published("סדנת בישול: הזמנה", FACEBOOK, -9, -9, "הזמנה", "סדנת בישול"),
    Published("ידיעון שבועי, קודם", MAIL, -14, -14),
    Published("ידיעון שבועי", MAIL, -7, -7),
    Published("סקר שביעות רצון", SITE, -181, -181, "משוב/סקר"),
    Published("מידע לשעת חירום", SITE, -20, -22),
)
CHANNELS: Sequence[Mapping[str, object]] = (
    {"channel": WHATSAPP, "group": "נוף שקמה – הודעות", "cadence": "שבועי", "members": 410, "rules_posted": True},
    {"channel": WHATSAPP, "group": "הורים צעירים", "members": 96, "rules_posted": False},
    {"channel": FACEBOOK, "group": "קהילת נוף שקמה", "cadence": "שבועי", "members": 620, "rules_posted": True},
    {"channel": MAIL, "group": "כל התושבים", "cadence": "שבועי", "members": 233, "rules_posted": True},
    {"channel": SITE, "rules_posted": False},
    {"channel": LEAFLET, "cadence": "חודשי"},
    {"channel": "לוח מודעות", "group": "ליד המכולת"},
)


def outreach(draft: Draft, owner: str, classes: Sequence[Record]) -> None:
    """The tables `channels` and `publications`; `classes` are the rows of the offers."""
    channels = [draft.add("channels", population="כל התושבים", owner=owner, **one) for one in CHANNELS]
    everyone, parents, facebook, mail = channels[:4]
    draft.find("channel.no_rules", "channels", parents)
    taken_down = draft.change("channels", everyone, "rules_posted", cell=False)
    draft.spare("channel.no_rules", "channels", everyone, change=taken_down)
    draft.find("channel.silent", "channels", facebook)
    draft.spare("channel.silent", "channels", mail, days=1)
    for one in PUBLISHED:
        publish(draft, owner, one)
    late = publish(draft, owner, Published("קול קורא למתנדבים", WHATSAPP, -3, None))
    draft.find("publication.late", "publications", late)
    today = publish(draft, owner, Published("ברכה למשפחות החדשות", WHATSAPP, 0, None))
    draft.spare("publication.late", "publications", today, days=1)
    draft.spare("feedback.missing", "publications", "משוב או סקר", days=1)
    _classes(draft, owner, classes)
    _weekly(draft, owner)
    _monthly(draft, owner)


def publish(draft: Draft, owner: str, one: Published, **more: object) -> Record:
    """A row of `publications`."""
    return draft.add(
        "publications",
        **{
            "title": one.title,
            "channel": one.channel,
            "event": one.event,
            "due": one.due,
            "published": one.day,
            "owner": owner,
            "kind": one.kind,
            "reach": None if one.day is None else 180 - one.day,
            **more,
        },
    )


def _classes(draft: Draft, owner: str, classes: Sequence[Record]) -> None:
    """Every class that is open was published, but one."""
    of = dict(zip(OFFERS, classes, strict=True))
    rows = {
        offer: publish(
            draft, owner, Published(f"נפתחה הרשמה: {offer.full_name}", SITE, -30, -31), class_name=offer.full_name
        )
        for offer in OFFERS
        if offer.status == OPEN and offer is not HALF_EMPTY
    }
    draft.find("class.not_published", "classes", of[HALF_EMPTY])
    withdrawn = draft.change("publications", rows[SAFE], "published", None)
    draft.spare("class.not_published", "classes", of[SAFE], change=withdrawn)


def _weekly(draft: Draft, owner: str) -> None:
    """The answers of four weeks, each on its day: the next will be missed a week from now."""
    last = -((draft.today.weekday() - ANSWER_DAY - 1) % 7 + 1)
    for week in range(4):
        day = last - 7 * week
        publish(draft, owner, Published(f"מענה לשאלות תושבים {week + 1}", SITE, day, day, "מענה שבועי"))
    missed = draft.today + timedelta(last + 7)
    draft.spare("publication.weekly_answer", "publications", f"מענה שבועי · {missed}", days=7)


def _monthly(draft: Draft, owner: str) -> None:
    """The letters of last month and of this one: the next will be missed early in the next month."""
    first = draft.today.replace(day=1)
    for day in (first - timedelta(25), max(first, draft.today - timedelta(2))):
        ago = (day - draft.today).days
        letter = Published(f"מכתב חודשי {day.month}/{day.year}", LEAFLET, ago, ago, "מכתב חודשי")
        publish(draft, owner, letter)
    following = (first + timedelta(31)).replace(day=1)
    days = (letter_due(following) - draft.today).days
    draft.spare("publication.monthly_letter", "publications", f"מכתב חודשי · {following:%Y-%m}", days=days)


def letter_due(first: date) -> date:
    """The day from which the letter of the month that begins on a day is missed."""
    return nth_working_day_after(first - timedelta(1), LETTER_BY)

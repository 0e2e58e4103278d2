"""Rules of channels: their rhythm, the rules of talk in groups, and word of what the board decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from rules.catalogue.cadence import cadence_days
from rules.catalogue.outreach.publications import published
from rules.catalogue.outreach.tables import CHANNELS
from rules.catalogue.phrases import ago, ago_en, days, days_en
from rules.catalogue.places import cells
from rules.choices import match_choice
from rules.finding import Finding, Role, Severity
from rules.names import fold, fold_set
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Text, Word, Wording

KINDS = CHANNELS.by_field["channel"].choices
ONE_WAY = ("אתר", "עלון/ידיעון", "מסרון", "תיק שכונה", "לוח מודעות")
"""Channels in which residents do not write, so that no rules of talk are posted."""

WHATSAPP = "ווטסאפ"
BOARD_UPDATE, SETTLEMENT = "עדכון ועד/החלטות", "היישוב"
BOARD = fold_set(("ועד", "הוועד", "ועד הנהלה", "ועד ההנהלה", "ועד היישוב", "ועד הנהלת היישוב", "board"))


def title(channels: Table, index: int) -> str:
    """A channel as people call it: its kind, and its group where it has one."""
    return channels.key(index)


@rule(
    "channel.silent",
    "ערוץ בלי פרסום",
    "A channel without a publication",
    explanation_he="עברה התדירות שנרשמה לערוץ, בלי פרסום בו. ערוץ שעוד לא פורסם בו נספר מתחילת התפקיד שבהגדרות.",
    explanation_en="The channel's cadence has passed without a publication. One without any counts from the beginning "
    "of the role in the settings.",
    needs=("channels", "publications"),
    roles=(Role.OWNER,),
    severity=Severity.INFO,
    wording={
        "": Wording(
            he=Text(
                f"{{channel}}: {days('n')} בלי פרסום",
                "הפרסום האחרון: {last}. התדירות: {cadence}.",
                "לפרסם משהו קצר ולרשום אותו בלשונית הפרסומים, או לעדכן את התדירות.",
            ),
            en=Text(
                f"{{channel}}: {days_en('n')} without a publication",
                "The last one: {last}. Cadence: {cadence}.",
                "Publish something short and write it down, or update the cadence.",
            ),
        ),
        "never": Wording(
            he=Text(
                "{channel}: עוד לא נרשם פרסום",
                f"התדירות: {{cadence}}. הספירה מתחילת התפקיד, {{since}}, {ago('n')}.",
                "לפרסם משהו קצר ולרשום אותו בלשונית הפרסומים, או לעדכן את התדירות.",
            ),
            en=Text(
                "{channel}: no publication is written down yet",
                f"Cadence: {{cadence}}. Counted from the beginning of the role, {{since}}, {ago_en('n')}.",
                "Publish something short and write it down, or update the cadence.",
            ),
        ),
    },
)
def silent(book: Book, given: Given) -> Iterator[Finding]:
    """Channels past their cadence since the last publication in them."""
    channels, last_days = book["channels"], _last_days(book, given.today)
    for index, kind, cadence, owner in channels.over("channel", "cadence", "owner"):
        every, last = cadence_days(cadence), _last_day(channels, index, last_days) if kind else None
        since = last or given.settings.role_start
        if not kind or every is None or since is None or (given.today - since).days <= every:
            continue
        yield silent.finding(
            channels,
            index,
            {
                "channel": Word(title(channels, index)),
                "n": (given.today - since).days,
                "last": last,
                "since": since,
                "cadence": cadence,
            },
            variant="" if last else "never",
            named={Role.OWNER: owner} if owner else {},
            cells=cells(channels, index, "channel", "cadence"),
        )


Days = Mapping[str, Mapping[str, date]]
"""The last day of publishing by folded channel and, in it, by folded group ('' where none is named)."""


def _last_days(book: Book, today: date) -> Days:
    """When something was last published, up to today; a channel may be called by its kind or by its group."""
    found: dict[str, dict[str, date]] = defaultdict(dict)
    for _, channel, group, day in book["publications"].over("channel", "group", "published"):
        if channel and day is not None and day <= today:
            of_channel = found[fold(match_choice(KINDS, channel) or channel)]
            of_channel[fold(group or "")] = max(day, of_channel.get(fold(group or ""), day))
    return found


def _last_day(channels: Table, index: int, last_days: Days) -> date | None:
    """The last day on which something was published in a channel; what names no group counts for all of its kind."""
    group = channels["group"][index] or ""
    names = fold_set((channels["channel"][index], group, title(channels, index)))
    fitting = (
        day
        for name in names
        for its_group, day in last_days.get(name, {}).items()
        if not its_group or not group or its_group == fold(group)
    )
    return max(fitting, default=None)


@rule(
    "channel.no_rules",
    "קבוצה בלי כללי שיח",
    "A group without rules of talk",
    explanation_he="בקבוצה שתושבים כותבים בה עוד לא סומן שפורסמו כללי שיח.",
    explanation_en="A group in which residents write has no posted rules of talk.",
    needs=("channels",),
    roles=(Role.OWNER,),
    severity=Severity.INFO,
    wording={
        "": Wording(
            he=Text(
                "{channel}: עוד לא סומן שפורסמו כללי שיח",
                "[מספר החברים: {members}.]",
                "לפרסם כללים קצרים ולהצמיד אותם, ואחר כך לסמן בלשונית הערוצים.",
            ),
            en=Text(
                "{channel}: no rules of talk are marked as posted",
                "[Members: {members}.]",
                "Post short rules and pin them, then tick the column “rules posted”.",
            ),
        ),
        "many": Wording(
            he=Text("{n|קבוצה אחת|שתי קבוצות|# קבוצות} בלי כללי שיח", "", ""),
            en=Text("{n|One group|# groups} without rules of talk", "", ""),
        ),
    },
)
def no_rules(book: Book, given: Given) -> Iterator[Finding]:
    """Groups without posted rules, where the tab has a column for them."""
    channels = book["channels"]
    if not channels.has("rules_posted"):
        return
    rows = channels.over("channel", "group", "rules_posted", "members", "owner")
    for index, kind, group, posted, members, owner in rows:
        is_group = kind == WHATSAPP or (group and kind not in ONE_WAY)
        if kind and is_group and not posted:
            yield no_rules.finding(
                channels,
                index,
                {"channel": Word(title(channels, index)), "members": members},
                named={Role.OWNER: owner} if owner else {},
                cells=cells(channels, index, "channel", "rules_posted"),
            )


@rule(
    "publication.board_update",
    "ישיבת ועד בלי עדכון לתושבים",
    "A board meeting without an update to residents",
    explanation_he="14 יום אחרי ישיבה של ועד ההנהלה עוד לא נרשם פרסום של עדכון ועד.",
    explanation_en="14 days after a meeting of the board no update to residents is written down.",
    needs=("meetings", "publications"),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 14, Unit.DAYS, "כמה ימים אחרי הישיבה", "Days after the meeting", 0, 365),),
    wording=Wording(
        he=Text(
            "מישיבת הוועד של {met} עוד לא יצא עדכון לתושבים",
            f"הישיבה הייתה {ago('n')}.[ העדכון הקודם: {{last}}.]",
            "לפרסם בקצרה מה הוחלט ומה הלאה, ולרשום את העדכון בלשונית הפרסומים.",
        ),
        en=Text(
            "Residents have had no update from the board meeting of {met} yet",
            f"The meeting was {ago_en('n')}.[ The update before: {{last}}.]",
            "Publish shortly what was decided and what comes next, and write it down in the publications.",
        ),
    ),
)
def board_update(book: Book, given: Given) -> Iterator[Finding]:
    """The board's last meeting, when nothing of it was published for some days."""
    meetings = book["meetings"]
    rows = meetings.over("with_whom", "organisation", "last_date")
    of_board, names = [], BOARD | _board_members(book)
    for index, with_whom, organisation, day in rows:
        if day is not None and day <= given.today and organisation in (None, SETTLEMENT):
            of_board += [(day, index)] if fold(with_whom or "") in names else []
    met, row = max(of_board, default=(given.today, -1))
    updates = published(book, BOARD_UPDATE, given.today)
    if row < 0 or (given.today - met).days < given["days"] or any(day >= met for day in updates):
        return
    yield board_update.finding(
        meetings,
        row,
        {"met": met, "n": (given.today - met).days, "last": max(updates, default=None)},
        key=f"{Role.BOARD.hebrew} · {met}",
        cells=cells(meetings, row, "with_whom", "last_date"),
    )


def _board_members(book: Book) -> frozenset[str]:
    """The folded names of those who hold the role board in `people`."""
    if "people" not in book:
        return frozenset()
    rows = book["people"].over("role", "name")
    return fold_set(name for _, role, name in rows if name and role == Role.BOARD.hebrew)

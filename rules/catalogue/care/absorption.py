"""Rules of a new family's year: before it arrives, whom its companion also accompanies, and finding its place."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from rules.catalogue.care.companions import ACCOMPANIED
from rules.catalogue.care.families import UNTIL, Family, accompanied, contact_dates, followup_due, steps
from rules.catalogue.phrases import ago, ago_en, ahead, ahead_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Person, Text, Word, Wording

NOT_YET = "עדיין לא"


@rule(
    "family.prepare",
    "משפחה עומדת להגיע",
    "A family is about to arrive",
    explanation_he="ההגעה קרובה, ועוד לא נרשמה משפחה מלווה או שעוד לא סומנה ערכת קליטה.",
    explanation_en="The arrival is near and a companion or a welcome kit is missing.",
    needs=("families",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("days", 21, Unit.DAYS, "כמה ימים לפני ההגעה", "Days before the arrival", 0, 365),
        Param("again", 7, Unit.DAYS, "ושוב, כמה ימים לפני", "And again, days before", 0, 365),
    ),
    wording={
        variant: Wording(
            he=Text(
                f"משפחת {{family}} מגיעה {ahead('n')}",
                f"תאריך ההגעה: {{arrival:day}}. {missing}",
                "להשלים לפני ההגעה ולעדכן בלשונית המשפחות.",
            ),
            en=Text(
                f"The {{family}} family arrives {ahead_en('n')}",
                f"Arrival: {{arrival:day}}. {missing_en}",
                "Complete it before the arrival and update the sheet.",
            ),
        )
        for variant, missing, missing_en in (
            ("both", "עוד לא נרשמה משפחה מלווה, ועוד לא סומנה ערכת קליטה.", "No companion and no welcome kit yet."),
            ("companion", "עוד לא נרשמה משפחה מלווה.", "No companion yet."),
            ("kit", "עוד לא סומנה ערכת קליטה.", "No welcome kit yet."),
        )
    },
)
def prepare(book: Book, given: Given) -> Iterator[Finding]:
    """Families that arrive soon, without a companion or a welcome kit; for care when it is very soon."""
    families = book["families"]
    for family in accompanied(book, given.today):
        days = (family.arrival - given.today).days
        kit = families["welcome_kit"][family.row] or not families.has("welcome_kit")
        if not 0 <= days <= given["days"] or (family.companion and kit):
            continue
        yield prepare.finding(
            families,
            family.row,
            {"family": Person(family.name), "n": days, "arrival": family.arrival},
            severity=Severity.CARE if days <= given["again"] else Severity.INFO,
            variant="kit" if family.companion else "companion" if kit else "both",
            cells=cells(families, family.row, "arrival", "companion", "welcome_kit"),
        )


@rule(
    "family.companion_overload",
    "משפחה מלווה עמוסה",
    "A companion with many families",
    explanation_he="משפחה אחת מלווה יותר משתי משפחות בו זמנית.",
    explanation_en="One companion accompanies more than two families at a time.",
    needs=("families",),
    roles=(Role.COORDINATOR,),
    params=(Param("families", 2, Unit.COUNT, "יותר מכמה משפחות", "More than this many families", 1, 20),),
    wording=Wording(
        he=Text(
            "{companion}: {n|משפחה אחת בליווי|שתי משפחות בליווי|# משפחות בליווי}",
            "אלה משפחות שבליווי או לפני מעבר.",
            "לשאול אם נוח להמשיך כך, ולמצוא משפחה מלווה נוספת.",
        ),
        en=Text(
            "{companion} accompanies {n|one family|# families}",
            "These are families being accompanied or about to move in.",
            "Ask if this is still comfortable, and find another companion.",
        ),
    ),
)
def companion_overload(book: Book, given: Given) -> Iterator[Finding]:
    """Companions of more families than they should have; a finding about the companion, of no row."""
    families = book["families"]
    with_each: dict[str, list[int]] = defaultdict(list)
    for index, companion, stage in families.over("companion", "stage"):
        if companion and stage in ACCOMPANIED:
            with_each[fold(companion)].append(index)
    for name, rows in with_each.items():
        if len(rows) > given["families"]:
            yield companion_overload.finding(
                families,
                None,
                {"companion": Person(min(families["companion"][row] for row in rows)), "n": len(rows)},
                key=name,
                cells=[cell for row in rows for cell in cells(families, row, "companion")],
            )


@rule(
    "family.silent",
    "משפחה שלא דיברנו איתה זמן רב",
    "A family not talked with for long",
    explanation_he="בשנה הראשונה: עברו 60 יום בלי קשר, ואין שיחת מעקב שממתינה ממילא.",
    explanation_en="In the first year: 60 days without a contact, and no follow-up is due anyway.",
    needs=("families", "followups"),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 60, Unit.DAYS, "כמה ימים בלי קשר", "Days without a contact", 1, 365), UNTIL),
    wording=Wording(
        he=Text(
            "עם משפחת {family} לא נרשם קשר {n|יום|יומיים|# ימים}",
            "הקשר האחרון: {last}. הגיעו ב־{arrival}.",
            "לשיחה קצרה, ולרשום תאריך במעקב הקליטה.",
        ),
        en=Text(
            "No contact with the {family} family for {n|a day|# days}",
            "The last one: {last}. They arrived on {arrival}.",
            "Have a short talk, and write its date in the follow-ups.",
        ),
    ),
)
def silent(book: Book, given: Given) -> Iterator[Finding]:
    """Families in their first year that nobody talked with for long, when no follow-up is due."""
    families, contacts = book["families"], contact_dates(book, given.today)
    for family in accompanied(book, given.today):
        dates = contacts.get(fold(families["family"][family.row]), ())
        last = max((family.arrival, *dates))
        if not 0 <= (given.today - family.arrival).days <= given["until"] or (given.today - last).days < given["days"]:
            continue
        if not _is_followup_due(family, dates, given):
            yield silent.finding(
                families,
                family.row,
                {
                    "family": Person(family.name),
                    "n": (given.today - last).days,
                    "last": last,
                    "arrival": family.arrival,
                },
                cells=cells(families, family.row, "family", "arrival"),
            )


def _is_followup_due(family: Family, dates: Sequence[date], given: Given) -> bool:
    """Whether the newest talk whose day has come was not held."""
    come = [step for step in steps(family.arrival, followup_due.values()) if step.planned <= given.today]
    return bool(come) and not any(come[-1].after < day <= come[-1].until for day in dates)


@rule(
    "family.open_need",
    "צורך של משפחה שממתין",
    "A family's need is still open",
    explanation_he="בשיחת מעקב נרשם צורך, ועברו יותר מ־14 יום בלי תאריך סגירה.",
    explanation_en="A need was written down in a follow-up and has no closing date for more than 14 days.",
    needs=("followups",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 14, Unit.DAYS, "יותר מכמה ימים", "More than this many days", 0, 365),),
    wording=Wording(
        he=Text(
            "למשפחת {family} צורך שממתין למענה",
            f"עלה בשיחה ב־{{date}}, {ago('n')}. התחום: {{need}}.",
            'לברר מה אפשר להציע, ואחר כך לרשום תאריך בעמודה "הצורך נסגר בתאריך".',
        ),
        en=Text(
            "A need of the {family} family waits for an answer",
            f"It came up on {{date}}, {ago_en('n')}. About: {{need}}.",
            "Find out what can be offered, then write the date in the column “need closed”.",
        ),
    ),
)
def open_need(book: Book, given: Given) -> Iterator[Finding]:
    """Needs of follow-ups that are open for longer than they should be."""
    followups = book["followups"]
    for index, family, day, needs, closed in followups.over("family", "date", "open_need", "need_closed"):
        if not family or day is None or not needs or closed or (given.today - day).days <= given["days"]:
            continue
        yield open_need.finding(
            followups,
            index,
            {
                "family": Person(family.removeprefix("משפחת").strip() or family),
                "date": day,
                "n": (given.today - day).days,
                "need": Word(", ".join(needs)),
            },
            cells=cells(followups, index, "date", "open_need", "need_closed"),
        )


@rule(
    "family.not_connected",
    "משפחה שעוד לא השתלבה",
    "A family not connected yet",
    explanation_he="עברו 90 יום מההגעה, והמשפחה עוד לא משתתפת בחוג, ועדה, אירוע או התנדבות.",
    explanation_en="90 days after the arrival the family takes part in no class, committee, event or volunteering.",
    needs=("families",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 90, Unit.DAYS, "כמה ימים אחרי ההגעה", "Days after arrival", 0, 365), UNTIL),
    wording=Wording(
        he=Text(
            "משפחת {family} עוד לא רשומה לשום פעילות",
            f"הגיעו ב־{{arrival}}, {ago('n')}.",
            'להזמין באופן אישי לחוג, לאירוע או לוועדה שמתאימים, ולעדכן בעמודה "השתלבות".',
        ),
        en=Text(
            "The {family} family is not in any activity yet",
            f"They arrived on {{arrival}}, {ago_en('n')}.",
            "Invite them to a fitting class, event or committee, and update the column “connected”.",
        ),
    ),
)
def not_connected(book: Book, given: Given) -> Iterator[Finding]:
    """Families that came some time ago and take part in nothing."""
    families = book["families"]
    for family in accompanied(book, given.today):
        days = (given.today - family.arrival).days
        connected = set(families["connected"][family.row] or ()) - {NOT_YET}
        if connected or not families.has("connected") or not given["days"] <= days <= given["until"]:
            continue
        yield not_connected.finding(
            families,
            family.row,
            {"family": Person(family.name), "arrival": family.arrival, "n": days},
            cells=cells(families, family.row, "arrival", "connected"),
        )

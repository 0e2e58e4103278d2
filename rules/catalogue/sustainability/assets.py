"""Rules of installations: checked in their rhythm, and not left waiting."""

from collections.abc import Iterator

from rules.catalogue.cadence import cadence_days
from rules.catalogue.phrases import ago, ago_en, days, days_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Text, Word, Wording

PLANNED, BEING_BUILT, NEEDS_CARE, OUT_OF_USE = "מתוכנן", "בהקמה", "דורש טיפול", "מושבת"


@rule(
    "asset.check_due",
    "מתקן שהגיע זמן הבדיקה שלו",
    "An installation is due to be checked",
    explanation_he="מאז הבדיקה האחרונה עברו התדירות ועוד 3 ימים. מה שעוד לא הוקם או הושבת אינו נספר.",
    explanation_en="Since the last check the cadence and 3 days have passed. What is not built yet or is out of use is "
    "left out.",
    needs=("assets",),
    roles=(Role.OWNER,),
    params=(Param("grace", 3, Unit.DAYS, "ימי חסד", "Days of grace", 0, 365),),
    wording={
        "": Wording(
            he=Text(
                '"{asset}": הגיע הזמן לבדיקה',
                f"הבדיקה האחרונה: {{last}}, {ago('n')}. התדירות: {{cadence}}.[ המקום: {{place}}.]",
                'לבדוק במקום, ולעדכן תאריך בעמודה "בדיקה אחרונה".',
            ),
            en=Text(
                '"{asset}" is due to be checked',
                f"Last checked on {{last}}, {ago_en('n')}. Cadence: {{cadence}}.[ Place: {{place}}.]",
                "Check it on the spot, and update the column “last checked”.",
            ),
        ),
        "many": Wording(
            he=Text("{n|מתקן אחד ממתין|שני מתקנים ממתינים|# מתקנים ממתינים} לבדיקה", "", ""),
            en=Text("{n|One installation waits|# installations wait} to be checked", "", ""),
        ),
    },
)
def check_due(book: Book, given: Given) -> Iterator[Finding]:
    """Installations in use that are past their check and its days of grace."""
    assets = book["assets"]
    rows = assets.over("name", "cadence", "last_checked", "state", "place", "owner")
    for index, name, cadence, last, state, place, owner in rows:
        every = cadence_days(cadence)
        if not name or last is None or every is None or state in (PLANNED, BEING_BUILT, OUT_OF_USE):
            continue
        if (given.today - last).days >= every + given["grace"]:
            yield check_due.finding(
                assets,
                index,
                {"asset": name, "n": (given.today - last).days, "last": last, "cadence": cadence, "place": place},
                named={Role.OWNER: owner} if owner else {},
                cells=cells(assets, index, "last_checked", "cadence"),
            )


@rule(
    "asset.stuck",
    "מתקן שממתין זמן רב",
    "An installation waits for long",
    explanation_he="מתקן שדורש טיפול, מתוכנן או בהקמה, ועברו יותר מ־14 יום מהתאריך שבו דווח.",
    explanation_en="An installation needs care, is planned or being built for more than 14 days since it was reported.",
    needs=("assets",),
    roles=(Role.OWNER,),
    params=(Param("days", 14, Unit.DAYS, "יותר מכמה ימים מהדיווח", "More days since the report", 0, 3660),),
    wording={
        "": Wording(
            he=Text(
                f'"{{asset}}": {days("n")} במצב "{{state}}"',
                "דווח ב־{reported}.[ המקום: {place}.]",
                "לברר מה מעכב ומתי הצעד הבא, ולעדכן מצב או תאריך.",
            ),
            en=Text(
                f'"{{asset}}": {days_en("n")} in the state “{{state}}”',
                "Reported on {reported}.[ Place: {place}.]",
                "Find out what delays it and when the next step is, and update its state or date.",
            ),
        ),
        "many": Wording(
            he=Text("{n|מתקן אחד ממתין|שני מתקנים ממתינים|# מתקנים ממתינים} לטיפול או להקמה", "", ""),
            en=Text("{n|One installation waits|# installations wait} for care or to be built", "", ""),
        ),
    },
)
def stuck(book: Book, given: Given) -> Iterator[Finding]:
    """Installations that need care, or are planned or being built, for long."""
    assets = book["assets"]
    for index, name, reported, state, place, owner in assets.over("name", "reported", "state", "place", "owner"):
        if not name or reported is None or state not in (NEEDS_CARE, PLANNED, BEING_BUILT):
            continue
        if (given.today - reported).days > given["days"]:
            yield stuck.finding(
                assets,
                index,
                {
                    "asset": name,
                    "n": (given.today - reported).days,
                    "reported": reported,
                    "state": Word(state),
                    "place": place,
                },
                named={Role.OWNER: owner} if owner else {},
                cells=cells(assets, index, "state", "reported"),
            )

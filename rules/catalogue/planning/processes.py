"""Rules of long processes."""

from collections.abc import Iterator

from rules.catalogue.phrases import ago, ago_en, ahead, ahead_en
from rules.catalogue.places import cells
from rules.catalogue.planning.plan import days_gone
from rules.finding import Finding, Role
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Text, Wording


@rule(
    "process.stuck",
    "תהליך שנתקע",
    "A process is stuck",
    explanation_he="מועד אבן הדרך עבר, או שאין מועד כזה 45 יום לתוך שנת העבודה. תהליך שיש לו תוצאה אינו נספר.",
    explanation_en="The milestone has passed, or none is set 45 days into the year. One with an outcome is over.",
    needs=("processes",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 45, Unit.DAYS, "בלי מועד: כמה ימים מתחילת השנה", "No date: days into the year", 0, 366),),
    wording={
        "": Wording(
            he=Text(
                'התהליך "{process}" ממתין לצעד הבא',
                f"[אבן הדרך: {{milestone}}. ]המועד היה {{date}}, {ago('n')}.",
                "לעדכן מה קרה, ולקבוע את אבן הדרך הבאה.",
            ),
            en=Text(
                'The process "{process}" waits for its next step',
                f"[The milestone: {{milestone}}. ]Its date was {{date}}, {ago_en('n')}.",
                "Update what happened, and set the next milestone.",
            ),
        ),
        "no_date": Wording(
            he=Text(
                'לתהליך "{process}" עוד אין מועד לצעד הבא',
                "[אבן הדרך: {milestone}.]",
                "לקבוע מועד לאבן הדרך הבאה, או לרשום תוצאה כשהתהליך הסתיים.",
            ),
            en=Text(
                'The process "{process}" has no date for its next step',
                "[The milestone: {milestone}.]",
                "Set a date for the next milestone, or write the outcome when it is over.",
            ),
        ),
    },
)
def stuck(book: Book, given: Given) -> Iterator[Finding]:
    """Processes whose next date has passed or was not set."""
    processes = book["processes"]
    rows = processes.over("process", "next_date", "next_milestone", "outcome")
    for index, process, day, milestone, outcome in rows:
        waits = day < given.today if day else days_gone(given) >= given["days"]
        if process and not outcome and waits:
            yield stuck.finding(
                processes,
                index,
                {
                    "process": process,
                    "milestone": milestone,
                    "date": day,
                    "n": (given.today - day).days if day else 0,
                },
                variant="" if day else "no_date",
                cells=cells(processes, index, "next_date"),
            )


@rule(
    "process.no_input",
    "תהליך שמחכה לתשומה שלנו",
    "A process waits for our input",
    explanation_he="אבן הדרך הבאה בתוך 14 יום, ועוד לא נרשם מה אנחנו מביאים אליה.",
    explanation_en="The next milestone is within 14 days and our input is not written down.",
    needs=("processes",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 14, Unit.DAYS, "כמה ימים לפני המועד", "Days before the date", 0, 365),),
    wording=Wording(
        he=Text(
            'התהליך "{process}": עוד לא נרשם מה אנחנו מביאים',
            f"[אבן הדרך: {{milestone}}. ]המועד: {{date:day}}, {ahead('n')}.",
            'לכתוב את עיקר העמדה בעמודה "התשומה שלנו".',
        ),
        en=Text(
            'The process "{process}": our input is not written down yet',
            f"[The milestone: {{milestone}}. ]Its date: {{date:day}}, {ahead_en('n')}.",
            "Write the main points in the column “our input”.",
        ),
    ),
)
def no_input(book: Book, given: Given) -> Iterator[Finding]:
    """Processes with a milestone soon and no input of ours."""
    processes = book["processes"]
    rows = processes.over("process", "next_date", "next_milestone", "our_input", "outcome")
    for index, process, day, milestone, ours, outcome in rows:
        if not process or day is None or ours or outcome or not 0 <= (day - given.today).days <= given["days"]:
            continue
        yield no_input.finding(
            processes,
            index,
            {"process": process, "milestone": milestone, "date": day, "n": (day - given.today).days},
            cells=cells(processes, index, "next_date", "our_input"),
        )

"""Rules of whom and what the plan reaches: populations, fields, goals, and the needs that were mapped."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from rules.calendar import work_year
from rules.catalogue.places import cells
from rules.catalogue.planning.plan import CANCELLED, days_gone
from rules.catalogue.years import is_of_year
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.numbers import parse_number
from rules.rule import Given, Param, Rule, Unit, rule
from rules.table import Book, Table
from rules.wording import Percent, Text, Wording

AFTER = Param("days", 75, Unit.DAYS, "כמה ימים מתחילת השנה", "Days into the year", 0, 366)
YEAR = Param("window", 365, Unit.DAYS, "בתוך כמה ימים", "Within days", 1, 3660)
SURVEYS = ("סקר", "שאלון")
REACHED, GIVEN_UP = "הושג", "בוטל"
PARTS = re.compile(r"[,;/\n]| ו(?=\w)")


def _programmes(book: Book, given: Given, field: str) -> set[str]:
    """What the year's programmes that were not cancelled name in a field, folded; several may stand in a cell."""
    plan = book["plan"]
    named: set[str] = set()
    for index, value, status in plan.over(field, "status"):
        if value and status != CANCELLED and is_of_year(plan, index, given.settings, given.today):
            named |= {fold(value), *map(fold, PARTS.split(value))}
    return named


def _unreached(
    made: Callable[[], Rule], book: Book, given: Given, wanted: Sequence[str], field: str
) -> Iterator[Finding]:
    if days_gone(given) < given["days"] or not book["plan"].has(field):
        return
    reached = _programmes(book, given, field)
    for name in wanted:
        if fold(name) not in reached:
            yield made().finding(book["plan"], None, {"name": name}, key=name)


@rule(
    "plan.population_missing",
    "קהל יעד בלי פעילות בתוכנית",
    "A population without a programme",
    explanation_he="עברו 75 יום מתחילת השנה, ולקהל יעד מההגדרות אין פעילות בתוכנית. בשימוש כשיש בהגדרות קהלי יעד.",
    explanation_en="75 days into the year a population of the settings has no programme. In use where they name any.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    params=(AFTER,),
    wording=Wording(
        he=Text(
            'לקהל "{name}" עוד אין פעילות בתוכנית השנתית',
            "הקהל רשום בהגדרות, ובתוכנית השנה אין פעילות שלו.",
            "לבדוק מה מתאים להוסיף, או לעדכן את קהל היעד של פעילות קיימת.",
        ),
        en=Text(
            '"{name}" has no programme in the annual plan yet',
            "It is named in the settings, and no programme of the year names it.",
            "See what could be added, or update the population of a programme.",
        ),
    ),
)
def population_missing(book: Book, given: Given) -> Iterator[Finding]:
    """Populations of the settings that no programme names."""
    yield from _unreached(lambda: population_missing, book, given, given.settings.populations, "population")


@rule(
    "plan.field_missing",
    "תחום בלי פעילות בתוכנית",
    "A field without a programme",
    explanation_he="עברו 75 יום מתחילת השנה, ולתחום מההגדרות אין פעילות בתוכנית. בשימוש כשיש בהגדרות תחומים.",
    explanation_en="75 days into the year a field of the settings has no programme. In use where they name any.",
    needs=("plan",),
    roles=(Role.COORDINATOR,),
    params=(AFTER,),
    wording=Wording(
        he=Text(
            'לתחום "{name}" עוד אין פעילות בתוכנית השנתית',
            "התחום רשום בהגדרות, ובתוכנית השנה אין פעילות שלו.",
            "לבדוק מה מתאים להוסיף, או לעדכן את התחום של פעילות קיימת.",
        ),
        en=Text(
            'The field "{name}" has no programme in the annual plan yet',
            "It is named in the settings, and no programme of the year names it.",
            "See what could be added, or update the field of a programme.",
        ),
    ),
)
def field_missing(book: Book, given: Given) -> Iterator[Finding]:
    """Fields of the settings that no programme names."""
    yield from _unreached(lambda: field_missing, book, given, given.settings.fields, "field")


@rule(
    "goal.no_program",
    "מטרה בלי פעילות",
    "A goal without a programme",
    explanation_he="עברו 75 יום מתחילת השנה, ולמטרה אין פעילות בתוכנית.",
    explanation_en="75 days into the year a goal has no programme.",
    needs=("goals", "plan"),
    roles=(Role.COORDINATOR,),
    params=(AFTER,),
    wording=Wording(
        he=Text(
            'למטרה "{goal}" עוד אין פעילות בתוכנית',
            "אף פעילות בתוכנית השנה לא קשורה למטרה הזו.",
            "לקשור פעילות קיימת למטרה, להוסיף פעילות או לעדכן את המטרה.",
        ),
        en=Text(
            'The goal "{goal}" has no programme yet',
            "No programme of the year names this goal.",
            "Name it in a programme, add one, or update the goal.",
        ),
    ),
)
def no_program(book: Book, given: Given) -> Iterator[Finding]:
    """Goals that no programme names."""
    if days_gone(given) < given["days"] or not book["plan"].has("goal"):
        return
    goals, named = book["goals"], _programmes(book, given, "goal")
    for index, name, status in goals.over("name", "status"):
        if not name or fold(name) in named or status in (REACHED, GIVEN_UP):
            continue
        if is_of_year(goals, index, given.settings, given.today):
            yield no_program.finding(goals, index, {"goal": name}, key=name, cells=cells(goals, index, "name"))


@rule(
    "goal.behind",
    "מטרה שמפגרת אחרי הקצב",
    "A goal is behind",
    explanation_he="אחת לרבעון: הביצוע רחוק ב־25 נקודות או יותר ממה שצפוי עד תחילת הרבעון, לפי קצב אחיד עד תאריך היעד.",
    explanation_en="Quarterly: what was reached is 25 points or more behind an even pace up to the due date.",
    needs=("goals",),
    roles=(Role.COORDINATOR,),
    params=(Param("points", 25, Unit.PERCENT, "כמה נקודות", "Points behind", 1, 100),),
    wording=Wording(
        he=Text(
            'המטרה "{goal}": הושגו {share}, והצפוי {expected}',
            "נרשמו {actual} מתוך {target}. תאריך היעד: {due}. החישוב נכון לתחילת הרבעון, {quarter}.",
            "לעדכן את הביצוע, או להחליט מה משנים כדי להגיע ליעד.",
        ),
        en=Text(
            'The goal "{goal}": {share} is reached, {expected} was expected',
            "{actual} of {target} is written down. Due: {due}. Reckoned on the first day of the quarter, {quarter}.",
            "Update what was reached, or decide what to change.",
        ),
    ),
)
def behind(book: Book, given: Given) -> Iterator[Finding]:
    """Goals with numbers and a due date that are far behind an even pace on the quarter's first day."""
    goals = book["goals"]
    quarter = given.today.replace(month=(given.today.month - 1) // 3 * 3 + 1, day=1)
    rows = goals.over("name", "target_value", "actual_value", "due", "status")
    for index, name, target_text, actual_text, due, status in rows:
        share = _share_reached(target_text or "", actual_text or "")
        if not name or due is None or share is None or status in (REACHED, GIVEN_UP):
            continue
        if not is_of_year(goals, index, given.settings, given.today):
            continue
        expected = _expected(due, quarter, given)
        if (expected - share) * 100 >= given["points"]:
            yield behind.finding(
                goals,
                index,
                {
                    "goal": name,
                    "share": Percent(int(share * 100)),
                    "expected": Percent(round(expected * 100)),
                    "actual": actual_text or "0",
                    "target": target_text,
                    "due": due,
                    "quarter": quarter,
                },
                key=name,
                cells=cells(goals, index, "target_value", "actual_value", "due"),
            )


def _share_reached(target_text: str, actual_text: str) -> Fraction | None:
    """The share of a target that was reached, nothing where none is written; None where they are not two numbers.

    `80%` beside `0.4` are none either: a cell of percent comes as a share of one.
    """
    target, actual = parse_number(target_text), parse_number(actual_text or "0")
    if not target or target < 0 or actual is None or (actual and ("%" in target_text) != ("%" in actual_text)):
        return None
    return Fraction(actual) / Fraction(target)


def _expected(due: date, day: date, given: Given) -> Fraction:
    """The share that an even pace, from the later of this year's and the due date's year's start, reaches by a day."""
    start_of = given.settings.work_year_start
    begin = max(work_year(start_of, given.today)[0], work_year(start_of, due)[0])
    if due <= begin:
        return Fraction(int(day >= due))
    return min(max(Fraction((day - begin).days, (due - begin).days), Fraction(0)), Fraction(1))


@rule(
    "need.unanswered",
    "צורך שחוזר ואין לו מענה",
    "A recurring need without a programme",
    explanation_he="נושא שעלה אצל רבים (לפחות 5, או 8% מהמשיבים) ובחשיבות 4 בממוצע ומעלה, ואין לו פעילות בתוכנית.",
    explanation_en="A topic of at least 5 mentions (or 8 % of respondents) and mean importance 4 has no programme.",
    needs=("needs",),
    roles=(Role.COORDINATOR,),
    params=(
        Param("mentions", 5, Unit.COUNT, "כמה אזכורים", "Mentions", 1, 10_000),
        Param(
            "share", 8, Unit.PERCENT, "או אחוז מהמשיבים, הגבוה מביניהם", "Or share of respondents, if higher", 0, 100
        ),
        Param("importance", 4, Unit.COUNT, "מאיזו חשיבות ממוצעת", "Mean importance", 1, 5),
        YEAR,
    ),
    wording=Wording(
        he=Text(
            'הנושא "{topic}" עלה {n|פעם אחת|פעמיים|# פעמים}, ועוד אין לו מענה בתוכנית',
            "החשיבות הממוצעת: {importance} מתוך {most}.",
            "לבדוק איזו פעילות יכולה לענות על הצורך, ולקשור אותה בלשונית מיפוי הצרכים.",
        ),
        en=Text(
            'The topic "{topic}" came up {n|once|twice|# times} and has no programme yet',
            "Mean importance: {importance} of {most}.",
            "See which programme could answer it, and name it in the needs.",
        ),
    ),
)
def unanswered(book: Book, given: Given) -> Iterator[Finding]:
    """Topics that many name as important, of whose needs none names a live programme."""
    needs = book["needs"]
    recent = [index for index in range(len(needs)) if _is_recent(needs, index, given)]
    respondents = sum(needs["source"][index] in SURVEYS for index in recent)
    by_topic: dict[str, list[int]] = defaultdict(list)
    for index in recent:
        if needs["topic"][index]:
            by_topic[fold(needs["topic"][index])].append(index)
    alive = _programmes(book, given, "program") if "plan" in book else None
    for rows in by_topic.values():
        rated = [value for row in rows if (value := needs["importance"][row]) is not None]
        enough = len(rows) >= given["mentions"] and len(rows) * 100 >= given["share"] * respondents
        important = bool(rated) and sum(rated) >= given["importance"] * len(rated)
        if enough and important and not any(_has_programme(needs, row, alive) for row in rows):
            topic = min(needs["topic"][row] for row in rows)
            mean = round(sum(rated) / len(rated), 1)
            yield unanswered.finding(
                needs,
                None,
                {"topic": topic, "n": len(rows), "importance": mean, "most": 5},
                key=fold(topic),
                cells=[cell for row in rows for cell in cells(needs, row, "importance")],
            )


def _is_recent(needs: Table, index: int, given: Given) -> bool:
    submitted = needs["submitted"][index]
    return submitted is not None and 0 <= (given.today - submitted.date()).days < given["window"]


def _has_programme(needs: Table, row: int, alive: set[str] | None) -> bool:
    program = needs["program"][row]
    return bool(program) and (alive is None or fold(program) in alive)


@rule(
    "need.mapping_stale",
    "הגיע הזמן למיפוי צרכים",
    "It is time to map needs",
    explanation_he="הסקר או השאלון האחרון ישן משנתיים, או שאין כזה 60 יום מתחילת התפקיד, כשהיא רשומה בהגדרות.",
    explanation_en="The newest survey is older than two years, or there is none 60 days after the role began, "
    "where the settings say when.",
    needs=("needs",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(
        Param("days", 730, Unit.DAYS, "יותר מכמה ימים", "More than this many days", 1, 3660),
        Param("role_days", 60, Unit.DAYS, "בלי סקר: כמה ימים מתחילת התפקיד", "None: days since the role began", 0, 366),
    ),
    wording=Wording(
        he=Text(
            "הגיע הזמן למיפוי צרכים",
            "[הסקר או השאלון האחרון: {last}.][ עוד לא נרשם סקר או שאלון; התפקיד התחיל ב־{role_start}.]",
            "להחליט על סקר, שאלון קצר או חוגי בית.",
        ),
        en=Text(
            "It is time to map needs",
            "[The last survey: {last}.][ No survey is written down; the role began on {role_start}.]",
            "Decide on a survey, a short questionnaire or house meetings.",
        ),
    ),
)
def mapping_stale(book: Book, given: Given) -> Iterator[Finding]:
    """No survey or questionnaire for long, or none since the role began."""
    rows = book["needs"].over("source", "submitted")
    dates = [submitted.date() for _, source, submitted in rows if submitted and source in SURVEYS]
    began = given.settings.role_start
    if dates:
        due = (given.today - max(dates)).days > given["days"]
    else:
        due = began is not None and (given.today - began).days >= given["role_days"]
    if due:
        last = max(dates) if dates else None
        figures = {"last": last, "role_start": None if dates else began}
        yield mapping_stale.finding(book["needs"], None, figures, key="מיפוי צרכים")


@rule(
    "need.population_unmapped",
    "קהל יעד שלא נשמע",
    "A population not heard",
    explanation_he="לקהל יעד מההגדרות לא נרשם צורך בשנה האחרונה. בשימוש כשיש בהגדרות קהלי יעד.",
    explanation_en="No need of a population of the settings was written down in a year. In use where they name any.",
    needs=("needs",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(YEAR,),
    wording=Wording(
        he=Text(
            'מקהל "{name}" לא נרשם צורך בשנה האחרונה',
            "הקהל רשום בהגדרות, ובמיפוי הצרכים אין לו תשובות.",
            "לחשוב איך לשמוע אותו: שיחה, חוג בית או שאלון קצר.",
        ),
        en=Text(
            'No need of "{name}" was written down in a year',
            "It is named in the settings and has no answers in the needs.",
            "Think how to hear it: a talk, a house meeting or a short questionnaire.",
        ),
    ),
)
def population_unmapped(book: Book, given: Given) -> Iterator[Finding]:
    """Populations of the settings of which no need was written down for a year."""
    needs = book["needs"]
    heard: set[str] = set()
    for index, population in needs.over("population"):
        if population and _is_recent(needs, index, given):
            heard |= {fold(population), *map(fold, PARTS.split(population))}
    for name in given.settings.populations:
        if fold(name) not in heard:
            yield population_unmapped.finding(needs, None, {"name": name}, key=name)

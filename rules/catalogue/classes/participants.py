"""Rules of who is registered: whom a class is not meant for, registrations made twice, graduates to be met again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rules.catalogue.classes.fills import CANCELLED, NOT_OPENED, Fill, class_of_each, fills
from rules.catalogue.classes.grades import Fitting, grade
from rules.catalogue.phrases import ago, ago_en, short_name
from rules.catalogue.places import cells
from rules.catalogue.years import year_named
from rules.finding import Finding, Role
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Person, Text, Wording

REGISTERED, TRAINING = "רשום/ה", "הכשרה"


@rule(
    "class.age",
    "הרשמות מחוץ לגיל החוג",
    "Registrations outside a class's ages",
    explanation_he="הגיל ביום הפתיחה רחוק מגילי החוג ביותר מחצי שנה, או שהכיתה רחוקה ביותר מכיתה אחת.",
    explanation_en="The age at the start is more than half a year outside, or the grade more than one grade.",
    needs=("classes", "registrations"),
    roles=(Role.ACTIVITY_COORDINATOR,),
    params=(
        Param("months", 6, Unit.COUNT, "סטייה מותרת בגיל, בחודשים", "Tolerance of age, in months", 0, 60),
        Param("grades", 1, Unit.COUNT, "סטייה מותרת בכיתות", "Tolerance of grades", 0, 12),
    ),
    wording=Wording(
        he=Text(
            'ב"{class}" {n|הרשמה אחת|שתי הרשמות|# הרשמות} מחוץ לגיל החוג',
            "החוג מיועד ל{meant}. הגיל נבדק ליום הפתיחה, {start}.",
            "לבדוק אם הפרטים נכונים, או להציע חוג מתאים יותר.",
        ),
        en=Text(
            '{n|One registration|# registrations} of "{class}" {n|is|are} outside its ages',
            "The class is meant for {meant_en}. The age is that at the start, {start}.",
            "Check the details, or offer a more fitting class.",
        ),
    ),
)
def age(book: Book, given: Given) -> Iterator[Finding]:
    """Classes with registrations far from their ages or grades, one finding a class."""
    for fill in fills(book):
        fitting = _fitting(book, fill)
        if fitting is None or fill.is_over(given.today):
            continue
        outside = [
            row for row in (*fill.enrolled, *fill.trial) if _is_outside(book["registrations"], row, fitting, given)
        ]
        if outside:
            he, en = _meant(fitting, book["classes"], fill.row)
            yield age.finding(
                book["classes"],
                fill.row,
                {"class": fill.name, "n": len(outside), "meant": he, "meant_en": en, "start": fill.start},
                key=fill.name,
                cells=[
                    cell
                    for row in outside
                    for cell in cells(book["registrations"], row, "grade", "birth_year", "birth_date")
                ],
            )


def _fitting(book: Book, fill: Fill) -> Fitting | None:
    classes, row = book["classes"], fill.row
    if fill.start is None:
        return None
    ages = classes["age_from"][row], classes["age_to"][row]
    return Fitting(fill.start, *ages, grade(classes["grade_from"][row]), grade(classes["grade_to"][row]))


def _is_outside(registrations: Table, row: int, fitting: Fitting, given: Given) -> bool:
    """By the birth date, else by the grade, else by the birth year: the first that both sides name."""
    born, year = registrations["birth_date"][row], registrations["birth_year"][row]
    if born is not None and fitting.has_ages:
        return not fitting.born_fits(born, born, given["months"])
    of = grade(registrations["grade"][row])
    if of is not None and fitting.has_grades:
        return not fitting.grade_fits(of, given["grades"])
    if year is not None and fitting.has_ages:
        return not fitting.born_fits(date(year, 1, 1), date(year, 12, 31), given["months"])
    return False


def _meant(fitting: Fitting, classes: Table, row: int) -> tuple[str, str]:
    """Whom the class is meant for, in both languages."""
    if fitting.has_ages:
        ages = _span(fitting.age_from, fitting.age_to)
        return f"גילי {ages}", f"ages {ages}"
    grades = _span(classes["grade_from"][row], classes["grade_to"][row])
    return f"כיתות {grades}", f"grades {grades}"


def _span(first: object, last: object) -> str:
    return "–".join(str(end) for end in (first, last) if end is not None)


@rule(
    "registration.duplicate",
    "הרשמה כפולה",
    "A registration made twice",
    explanation_he="אותו שם רשום פעמיים לאותו חוג, ואף אחת מההרשמות לא בוטלה.",
    explanation_en="The same participant is registered twice for one class, and neither is cancelled.",
    needs=("registrations",),
    roles=(Role.ACTIVITY_COORDINATOR,),
    wording=Wording(
        he=Text(
            'ל"{class}" יש {n|הרשמה אחת|שתי הרשמות|# הרשמות} באותו שם: {participant}',
            "ההרשמות בלשונית הנרשמים, ואף אחת מהן לא בוטלה.[ ההרשמה הזו היא מ־{submitted}.]",
            'אם זו אותה הרשמה, לסמן אחת מהן בסטטוס "בוטל". אם אלה שני אנשים, אין צורך בדבר.',
        ),
        en=Text(
            '"{class}" has {n|one registration|# registrations} of one name: {participant}',
            "They stand in the registrations and neither is cancelled.[ This one is of {submitted}.]",
            "If they are one, mark one of them cancelled. If they are two people, all is well.",
        ),
    ),
)
def duplicate(book: Book, given: Given) -> Iterator[Finding]:
    """Registrations of one participant for one class; a finding for each row but the first."""
    registrations = book["registrations"]
    of = class_of_each(book) if "classes" in book else [None] * len(registrations)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, participant, name, status in registrations.over("participant", "class_name", "status"):
        if participant and name and status != CANCELLED:
            where = f"{fold(name)} {year_named(registrations, index)}" if of[index] is None else str(of[index])
            rows[fold(participant), where].append(index)
    for same in rows.values():
        for count, index in enumerate(_by_time(registrations, same)[1:] if len(same) > 1 else (), start=2):
            yield _twice(registrations, index, count)


def _by_time(registrations: Table, rows: Iterable[int]) -> list[int]:
    submitted = registrations["submitted"]
    return sorted(rows, key=lambda row: (submitted[row] is not None, submitted[row] or 0, row))


def _twice(registrations: Table, index: int, count: int) -> Finding:
    participant, name = registrations["participant"][index], registrations["class_name"][index]
    submitted = registrations["submitted"][index]
    return duplicate.finding(
        registrations,
        index,
        {
            "class": name,
            "n": count,
            "participant": Person(short_name(participant)),
            "submitted": submitted.date() if submitted else None,
        },
        key=" · ".join((fold(participant), fold(name))) + (f" · {count}" if count > 2 else ""),
        cells=cells(registrations, index, "participant", "class_name"),
    )


@rule(
    "class.graduates_uncontacted",
    "מסיימי הכשרה שעוד לא פנינו אליהם",
    "Graduates of a training not contacted yet",
    explanation_he="עברו 30 יום מסיום הכשרה, ולחלק מהמסיימים לא נרשם קשר כמתנדבים.",
    explanation_en="30 days after a training ended, some graduates have no contact written down as volunteers.",
    needs=("classes", "registrations", "volunteers"),
    roles=(Role.COORDINATOR,),
    params=(
        Param("days", 30, Unit.DAYS, "כמה ימים אחרי הסיום", "Days after the end", 0, 365),
        Param("until", 365, Unit.DAYS, "ועד כמה ימים אחריו", "Until this many days after it", 1, 3660),
    ),
    wording=Wording(
        he=Text(
            'מ"{class}" {n|מסיים אחד מחכה|שני מסיימים מחכים|# מסיימים מחכים} לשיחה',
            f"ההכשרה הסתיימה ב־{{end}}, {ago('days')}. עוד לא נרשם איתם קשר בלשונית המתנדבים.",
            'לשיחה קצרה: במה מתאים להשתלב. אחר כך לרשום תאריך בעמודה "קשר אחרון".',
        ),
        en=Text(
            '{n|One graduate|# graduates} of "{class}" {n|waits|wait} for a talk',
            f"The training ended on {{end}}, {ago_en('days')}. No contact with them is written down in the volunteers.",
            "Have a short talk about where to join in, and write its date in the column “last contact”.",
        ),
    ),
)
def graduates_uncontacted(book: Book, given: Given) -> Iterator[Finding]:
    """Trainings that ended some time ago, with graduates of whom no later contact is written down."""
    classes, registrations = book["classes"], book["registrations"]
    contacted = _last_contacts(book["volunteers"])
    for fill in fills(book):
        if classes["kind"][fill.row] != TRAINING or fill.end is None or fill.status == NOT_OPENED:
            continue
        days = (given.today - fill.end).days
        if not given["days"] <= days <= given["until"]:
            continue
        graduates = [row for row in fill.enrolled if registrations["status"][row] == REGISTERED]
        waiting = [row for row in graduates if not _was_contacted(registrations, row, contacted, fill.end)]
        if waiting:
            yield graduates_uncontacted.finding(
                classes,
                fill.row,
                {"class": fill.name, "n": len(waiting), "end": fill.end, "days": days},
                key=fill.name,
                cells=[cell for row in waiting for cell in cells(registrations, row, "participant")],
            )


def _last_contacts(volunteers: Table) -> Mapping[str, date]:
    """The last contact with each volunteer, by folded name and by phone."""
    found: dict[str, date] = {}
    for _, name, phone, contact in volunteers.over("name", "phone", "last_contact"):
        for known_by in (fold(name or ""), phone):
            if known_by and contact:
                found[known_by] = max(contact, found.get(known_by, contact))
    return found


def _was_contacted(registrations: Table, row: int, contacted: Mapping[str, date], end: date) -> bool:
    known_by = fold(registrations["participant"][row]), registrations["phone"][row]
    return any(contacted.get(each or "", date.min) >= end for each in known_by)

"""The words of a digest and of the first letter on a new sheet, as templates of `rules.wording`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.finding import Severity
from rules.wording import Language, day, fill, isolate


@dataclass(frozen=True, slots=True)
class Words:
    """The templates of one language."""

    week_subject: str
    open: str
    due: str
    new: str
    start: str
    start_list: str
    start_urgent: str
    start_subject: str
    group: str


WORDS: Mapping[Language, Words] = {
    "he": Words(
        week_subject="התמונה השבועית: {n|=0 אין התראות פתוחות|התראה אחת פתוחה|שתי התראות פתוחות|# התראות פתוחות}"
        "[ · {community}]",
        open="{n|=0 אין התראות פתוחות|התראה אחת פתוחה|שתי התראות פתוחות|# התראות פתוחות}"
        "[, {urgent|אחת דחופה|שתיים דחופות|# דחופות}][, {care|אחת לטיפול|שתיים לטיפול|# לטיפול}]"
        "[, {info|אחת לידיעה|שתיים לידיעה|# לידיעה}].",
        due="{n|=0 בשבוע הקרוב לא רשום מועד של התראה פתוחה.|בשבוע הקרוב מועד אחד:|בשבוע הקרוב שני מועדים:"
        "|בשבוע הקרוב # מועדים:}",
        new="{n|=0 מאז הסיכום הקודם לא נוסף דבר.|התראה אחת חדשה:|שתי התראות חדשות:|# התראות חדשות:}",
        start="בקריאה הראשונה של הגיליונות {n|נמצא דבר אחד|נמצאו שני דברים|נמצאו # דברים} שכדאי לראות. "
        "מעכשיו נשלחות הודעות רק על מה שיתחדש, ולמי שהתפקיד שלו כתוב בגיליון.",
        start_list='הרשימה המלאה בלשונית "התראות"',
        start_urgent="{n|דבר אחד דחוף:|שני דברים דחופים:|# דברים דחופים:}",
        start_subject="הגיליונות נקראו: {n|דבר אחד שכדאי לראות|שני דברים שכדאי לראות|# דברים שכדאי לראות}"
        "[ · {community}]",
        group="{name}: {n|התראה אחת|שתי התראות|# התראות}",
    ),
    "en": Words(
        week_subject="The week's picture: {n|=0 no open alerts|one open alert|# open alerts}[ · {community}]",
        open="{n|=0 No alert is open|One alert is open|# alerts are open}[, {urgent|one urgent|# urgent}]"
        "[, {care|one for care|# for care}][, {info|one for information|# for information}].",
        due="{n|=0 No open alert has its date in the coming week.|One date in the coming week:"
        "|# dates in the coming week:}",
        new="{n|=0 Nothing was added since the last digest.|One new alert:|# new alerts:}",
        start="The first reading of the sheets found {n|one thing|# things} worth a look. From now on messages tell "
        "only of what is new, to those whose roles stand in the sheet.",
        start_list="The whole list: the tab “התראות” (alerts)",
        start_urgent="{n|One thing is urgent:|# things are urgent:}",
        start_subject="The sheets were read: {n|one thing|# things} worth a look[ · {community}]",
        group="{name}: {n|one alert|# alerts}",
    ),
}


def week_subject(language: Language, open_: Mapping[Severity, int], community: str) -> str:
    """The subject of a weekly digest."""
    figures = {"n": sum(open_.values()), "community": community or None}
    return fill(WORDS[language].week_subject, figures, language)


def open_line(language: Language, open_: Mapping[Severity, int]) -> str:
    """How many alerts are open, by severity."""
    counts = {name.lower(): open_.get(Severity[name], 0) or None for name in Severity.__members__}
    return fill(WORDS[language].open, {"n": sum(open_.values()), **counts}, language)


def counted(template: str, n: int, language: Language, **figures: str | None) -> str:
    """A template with a count."""
    return fill(template, {"n": n, **figures}, language)


def dated(when: date, title: str, language: Language) -> str:
    """A line of the week: its day, and what is due."""
    return f"{isolate(day(when, language, weekday=True))} · {title}"

"""The note on a column's header: whether it must be filled, what it is for, and what is accepted in it."""

from collections.abc import Iterable, Mapping
from itertools import count

from rules.english import chosen_all
from rules.english_help import help_in
from rules.table import Column, Kind, TableSpec
from rules.wording import Language

ACCEPTED: Mapping[Language, Mapping[Kind, str]] = {
    "he": {
        Kind.INT: "מספר שלם",
        Kind.MONEY: "סכום בשקלים, למשל 1,250 או 1,250.50.",
        Kind.PERCENT: "אחוזים, למשל 85%.",
        Kind.DATE: "תאריך: יום/חודש/שנה.",
        Kind.DATETIME: "תאריך ושעה.",
        Kind.TIME: "שעה, למשל 17:30, או טווח: 17:30–18:15.",
        Kind.BOOL: "תיבה מסומנת: כן.",
        Kind.PHONE: "מספר טלפון, עם האפס שבהתחלה.",
        Kind.EMAIL: "כתובת מייל.",
        Kind.URL: "קישור.",
        Kind.NATIONAL_ID: "תשע ספרות.",
        Kind.CHOICE: "אחת האפשרויות: {choices}.",
        Kind.MULTI: "אפשר כמה, עם פסיק ביניהן: {choices}.",
        Kind.REF: 'שם מהלשונית "{table}".',
    },
    "en": {
        Kind.INT: "A whole number",
        Kind.MONEY: "An amount in shekels, such as 1,250 or 1,250.50.",
        Kind.PERCENT: "A percentage, such as 85%.",
        Kind.DATE: "A date: day/month/year.",
        Kind.DATETIME: "A date and a time.",
        Kind.TIME: "A time such as 17:30, or a range: 17:30–18:15.",
        Kind.BOOL: "A ticked box means yes.",
        Kind.PHONE: "A phone number with its leading zero.",
        Kind.EMAIL: "An e-mail address.",
        Kind.URL: "A link.",
        Kind.NATIONAL_ID: "Nine digits.",
        Kind.CHOICE: "One of: {choices}.",
        Kind.MULTI: "One or more, with commas between them: {choices}.",
        Kind.REF: 'A name from the tab "{table}".',
    },
}
BETWEEN: Mapping[Language, str] = {"he": "{start}, מ־{low} עד {high}.", "en": "{start} from {low} to {high}."}
AT_LEAST: Mapping[Language, str] = {"he": "{start}, {low} ומעלה.", "en": "{start}, {low} or more."}
REQUIRED: Mapping[Language, str] = {"he": "עמודת חובה.", "en": "Must be filled."}
OWN: Mapping[Language, str] = {
    "he": "המערכת ממלאת את העמודה; מה שנכתב בה ביד יוחלף.",
    "en": "The service fills this column; what is typed in it will be replaced.",
}


def header_note(column: Column, titles: Mapping[str, str], language: Language = "he") -> str:
    """The note's text, a line a fact; `titles` are the tabs' by table, for references; '' for nothing."""
    lines = (
        REQUIRED[language] if column.required else "",
        help_in(language, column.help),
        OWN[language] if column.own else accepted(column, titles, language),
    )
    return "\n".join(line for line in lines if line)


def accepted(column: Column, titles: Mapping[str, str], language: Language = "he") -> str:
    """What may be typed in the column, in a sentence; '' where any text may."""
    if column.table and column.table not in titles:
        return ""
    words = ACCEPTED[language].get(column.kind, "") if column.choices or column.kind is not Kind.CHOICE else ""
    if column.kind is Kind.INT:
        return _bounds(words, column, language)
    if column.kind is Kind.MULTI and column.table:
        words = words.partition(":")[0] + "."
    return words.format(choices=" · ".join(chosen_all(column.choices, language)), table=titles.get(column.table, ""))


def free_title(title: str, taken: Iterable[str]) -> str:
    """The title, or the title with a number where a tab of that name is there."""
    names = {other.casefold() for other in taken}
    numbered = (title if n == 1 else f"{title} {n}" for n in count(1))
    return next(one for one in numbered if one.casefold() not in names)


def tab_title(spec: TableSpec, language: Language = "he") -> str:
    """The title of a table's tab in the template."""
    return spec.hebrew if language == "he" else spec.key.replace("_", " ")


def _bounds(start: str, column: Column, language: Language) -> str:
    low, high = column.minimum, column.maximum
    if low is None:
        return f"{start}."
    form = AT_LEAST if high is None else BETWEEN
    return form[language].format(start=start, low=low, high=high)

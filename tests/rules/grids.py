"""Tabs drawn as rows, and small tables to read them with."""

from collections.abc import Sequence

from rules.columns import choice, count, day, email, moment, money, phone, ref, table, text
from rules.reading import Reading, read_table
from rules.table import Cell, Grid, Place, TableSpec


def grid(*rows: Sequence[Cell], title: str = "גיליון1") -> Grid:
    """A tab whose cells are drawn row by row; rows may be ragged."""
    width = max(map(len, rows), default=0)
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    return Grid(Place("spreadsheet", 7, title), columns)


def read(spec: TableSpec, *rows: Sequence[Cell], title: str = "גיליון1") -> Reading:
    """Read a tab drawn row by row."""
    return read_table(spec, grid(*rows, title=title))


BUDGET = table(
    "budget",
    "תקציב",
    "תקציב שנתי · תקציב תרבות",
    text("code", "קוד סעיף", "מס׳ סעיף · מס׳ כרטיס"),
    text("line", "סעיף", "סעיף תקציבי · שם הסעיף", required=True, key=True),
    money("planned", "תקציב מאושר", "~תקציב · תקציב שנתי", required=True),
    money("previous", "ביצוע שנה קודמת", "תקציב שנה קודמת · ביצוע 2025"),
    money("actual", "ביצוע", "ביצוע בפועל"),
    text("owner", "אחראי/ת", "~אחראי · ~באחריות"),
    money("remaining", "יתרה", own=True),
    by_year=True,
)

EXPENSES = table(
    "expenses",
    "הוצאות",
    "מעקב הוצאות",
    day("date", "תאריך", "תאריך הוצאה", required=True, key=True),
    ref("line", "סעיף", "סעיף תקציבי", to="budget", required=True),
    text("supplier", "ספק", "שם הספק", required=True, key=True),
    money("amount", 'סכום (כולל מע"מ)', 'סכום · סה"כ לתשלום', least=None, required=True, key=True),
)

CLASSES = table(
    "classes",
    "חוגים, סדנאות וקורסים",
    'חוגים · חוגים תשפ"ז',
    text("name", "שם החוג", "~חוג", required=True, key=True),
    text("group", "קבוצה", key=True),
    text("instructor", "מדריך/ה", "שם המדריך/ה"),
    phone("phone", "טלפון המדריך/ה", "~טלפון · ~נייד"),
    count("minimum", "מינימום משתתפים", "מינימום"),
    count("maximum", "מקסימום משתתפים", "מקסימום"),
    day("start", "תאריך פתיחה", "~תאריך"),
    day("end", "תאריך סיום", "~תאריך"),
)

REGISTRATIONS = table(
    "registrations",
    "נרשמים",
    "הרשמות · תגובות לטופס 1",
    moment("submitted", "חותמת זמן", "Timestamp"),
    text("participant", "שם המשתתף/ת", "שם הילד/ה · שם מלא", required=True, key=True, personal=True),
    text("parent", "שם ההורה", "שם הורה", personal=True),
    phone("phone", "טלפון", "~נייד · טלפון הורה", required=True, key=True),
    email("email", "מייל", 'דוא"ל · אימייל'),
    ref("class_name", "חוג", "שם החוג · לאיזה חוג", to="classes", required=True, key=True),
    choice("status", "סטטוס הרשמה", "~סטטוס", of="התקבל · רשום/ה · שיעור ניסיון · רשימת המתנה · בוטל"),
    money("amount_due", "סכום לתשלום", 'סה"כ לתשלום'),
    money("amount_paid", "סכום ששולם"),
    choice("payment", "מצב תשלום", "~שולם", of="שולם · שולם חלקית · טרם שולם · הוסדר"),
)

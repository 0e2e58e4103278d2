"""The words of the pages, in both languages."""

from typing import Final

TEXTS: Final = {
    "he": {
        "spreadsheets": "גיליונות",
        "local": "עותק מקומי של גוגל גיליונות. הנתונים נשמרים במחשב הזה בלבד.",
        "none": "עדיין אין כאן גיליונות.",
        "changed": "שונה לאחרונה",
        "owner": "בעלים",
        "tabs": "לשוניות",
        "all": "כל הגיליונות",
        "more": "מוצגות {shown} השורות הראשונות מתוך {all}.",
        "note": "הערה",
        "empty": "הלשונית ריקה.",
        "hidden": "מוסתרת",
    },
    "en": {
        "spreadsheets": "Spreadsheets",
        "local": "A local copy of Google Sheets. The data stays on this computer.",
        "none": "There are no spreadsheets here yet.",
        "changed": "Last changed",
        "owner": "Owner",
        "tabs": "Tabs",
        "all": "All spreadsheets",
        "more": "The first {shown} rows of {all} are shown.",
        "note": "Note",
        "empty": "This tab is empty.",
        "hidden": "hidden",
    },
}

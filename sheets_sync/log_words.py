"""The events of the log and how a person reads them, in Hebrew and English. An event that is not here is not told.

The texts are templates of `rules.wording`: `{count|one|two|many}`.
"""

from collections.abc import Mapping
from typing import Any

from rules.wording import FSI, PDI, SLOT, Figure, Language, fill

EVENTS: Mapping[str, tuple[str, str]] = {
    "pass.began": ("סיבוב: {reason}", "a pass: {reason}"),
    "pass.read": (
        "נקראו {spreadsheets} · {reads|=0 בלי קריאות|קריאה אחת|שתי קריאות|# קריאות}",
        "read {spreadsheets} · {reads|=0 no reads|one read|# reads}",
    ),
    "pass.placed": (
        "{placed|תשובת טופס אחת נקלטה|שתי תשובות טפסים נקלטו|# תשובות טפסים נקלטו}",
        "{placed|one form answer|# form answers} taken in",
    ),
    "pass.found": (
        "{problems|=0 אין תאים לתיקון|תא אחד לתיקון|שני תאים לתיקון|# תאים לתיקון} · "
        "{findings|=0 אין ממצאים|ממצא אחד|שני ממצאים|# ממצאים} · "
        "התראות: {opened|=0 לא נפתחו|אחת נפתחה|שתיים נפתחו|# נפתחו}, "
        "{closed|=0 לא נסגרו|אחת נסגרה|שתיים נסגרו|# נסגרו}",
        "{problems|=0 no cells|one cell|# cells} to mend · {findings|=0 no findings|one finding|# findings} · "
        "alerts: {opened|=0 none|one|#} opened, {closed|=0 none|one|#} closed",
    ),
    "pass.wrote": (
        "{changes|שינוי אחד נכתב|שני שינויים נכתבו|# שינויים נכתבו} אל {spreadsheets} · "
        "{writes|=0 בלי כתיבות|כתיבה אחת|שתי כתיבות|# כתיבות}",
        "{changes|one change|# changes} written to {spreadsheets} · {writes|=0 no writes|one write|# writes}",
    ),
    "pass.mended": (
        "{spreadsheet}: היו עריכות בזמן הכתיבה ({tabs|לשונית אחת|שתי לשוניות|# לשוניות}) · "
        "{put_back|=0 לא היה מה להחזיר|דבר אחד הוחזר למקומו|שני דברים הוחזרו למקומם|# דברים הוחזרו למקומם} · "
        "{left|=0 אין תא בספק|תא אחד כדאי לבדוק|שני תאים כדאי לבדוק|# תאים כדאי לבדוק}",
        "{spreadsheet}: edited during the write ({tabs|one tab|# tabs}) · "
        "{put_back|=0 nothing to put back|one thing put back|# things put back} · "
        "{left|=0 no cell in doubt|one cell worth a look|# cells worth a look}",
    ),
    "pass.anew": (
        "{spreadsheet}: הקובץ השתנה בזמן הכתיבה, ומה שיש לכתוב הוחלט מחדש",
        "{spreadsheet}: it changed during the write, and what to write was decided anew",
    ),
    "pass.cut": (
        "{spreadsheet}: גדול מכתיבה אחת, ונכתב ב־{writes} חלקים",
        "{spreadsheet}: too large for one write, written in {writes} parts",
    ),
    "pass.unverified": (
        "{spreadsheet}: נכתב יותר ממה שתשובה אחת יכולה לאמת; "
        "{tabs|לשונית אחת לא אומתה|שתי לשוניות לא אומתו|# לשוניות לא אומתו}",
        "{spreadsheet}: more was written than one answer can verify; {tabs|one tab|# tabs} not verified",
    ),
    "pass.told": (
        "{letters|הודעה אחת לשליחה|שתי הודעות לשליחה|# הודעות לשליחה}",
        "{letters|one letter|# letters} to send",
    ),
    "pass.trouble": ("{spreadsheet}: {kind}", "{spreadsheet}: {kind}"),
    "pass.ended": (
        "הסתיים אחרי {seconds} שניות · פניות ל־Google: {reads|=0 בלי קריאות|קריאה אחת|שתי קריאות|# קריאות}, "
        "{writes|=0 בלי כתיבות|כתיבה אחת|שתי כתיבות|# כתיבות}",
        "ended after {seconds} s · at Google: {reads|=0 no reads|one read|# reads}, "
        "{writes|=0 no writes|one write|# writes}",
    ),
    "pass.failed": ("הסיבוב נעצר: {kind} ({place})", "the pass stopped: {kind} ({place})"),
    "memo.differed": (
        "תקלה בתוכנה: בדיקה מלאה מצאה דבר אחר מהשוטפת ({place})",
        "a fault of the program: the full check found other than the others ({place})",
    ),
    "message.failed": (
        "הודעה {message} לא נשלחה: {reason} ({failure})",
        "message {message} was not sent: {reason} ({failure})",
    ),
    "quota.waited": (
        "המתנה לתור במכסת Google ({kind}): {seconds} שניות",
        "waited for a turn in Google's quota ({kind}): {seconds} s",
    ),
    "pass.split": (
        "{spreadsheet}: גדול מקריאה אחת, ונקרא ב־{reads} חלקים",
        "{spreadsheet}: too large for one read, read in {reads} parts",
    ),
    "feed.failed": (
        "Drive לא אמר מה השתנה ({kind}); עד שיאמר, הכול נקרא",
        "Drive did not say what changed ({kind}); until it does everything is read",
    ),
    "feed.late": (
        "Drive לא זמין כרגע; מה שהשתנה ייקרא כשיחזור",
        "Drive is out of reach; what changed is read when it is back",
    ),
    "feed.back": ("Drive שוב אומר מה השתנה", "Drive says again what changed"),
    "channel.refused": (
        "Google לא פתח ערוץ עדכונים ({kind}); ננסה שוב בעוד שעה",
        "Google opened no channel of pushes ({kind}); to be tried again in an hour",
    ),
    "web.began": ("קליטת הטפסים פועלת", "form answers are taken in"),
    "clock.began": ("השעון פועל; כל {seconds} שניות", "the clock runs; every {seconds} seconds"),
    "clock.ended": ("השעון נעצר", "the clock stopped"),
    "fault": ("תקלה בתוכנה: {kind} ({place}); כדאי להעביר למי שמתחזק", "a fault of the program: {kind} ({place})"),
    "library": ("אזהרה מ־{logger} ({place}) {kind}", "a warning of {logger} ({place}) {kind}"),
    "unnamed": ("אירוע בלי שם", "an event without a name"),
}

MEANT: Mapping[str, tuple[str, str]] = {
    "clock": ("לפי השעון", "by the clock"),
    "start": ("תחילת עבודה", "the first one"),
    "settings": ("ההגדרות או הגרסה השתנו", "the settings or the version changed"),
    "changed": ("משהו השתנה", "something changed"),
    "hint": ("רמז מהגיליון שמשהו השתנה", "a sheet hinted that something changed"),
    "answers": ("תשובות טפסים מחכות", "form answers wait"),
    "active": ("היו שינויים בשעה האחרונה", "there were changes in the last hour"),
    "due": ("הגיע הזמן שנקבע", "its time has come"),
    "day": ("יום חדש", "a new day"),
    "night": ("קריאה מלאה של לילה", "the night's whole reading"),
    "quiet": ("שעות השקט הסתיימו", "the quiet hours are over"),
    "retry": ("ניסיון נוסף אחרי תקלה", "another try after trouble"),
    "asked": ("לפי בקשה", "asked for"),
    "read": ("קריאות", "reads"),
    "write": ("כתיבות", "writes"),
    "Unshared": (
        "הקובץ לא משותף עם חשבון השירות (פרטים: sheets-sync doctor)",
        "not shared with the service account (see: sheets-sync doctor)",
    ),
    "NotFound": ("אין קובץ בכתובת שבהגדרות", "there is no spreadsheet at the settings' address"),
    "BadCredentials": (
        "Google לא קיבל את מפתח השירות (פרטים: sheets-sync doctor)",
        "Google refused the service account's key (see: sheets-sync doctor)",
    ),
    "Unavailable": ("Google עמוס או לא זמין; ננסה שוב", "Google is busy or out of reach; to be tried again"),
    "Unclear": ("תשובה לכתיבה אבדה; ייבדק לפני ניסיון נוסף", "the answer to a write was lost; to be looked up first"),
    "Protected": ("תא או לשונית מוגנים (פרטים בתמונת מצב)", "a cell or tab is protected (see the summary tab)"),
    "Full": ("הגיליון בגבול הגודל של Google", "the spreadsheet is at Google's limit of cells"),
    "Refused": ("Google סירב לבקשה", "Google refused the request"),
}
"""What a person reads in place of a field's word."""


def spoken(environment: Mapping[str, str]) -> Language:
    """The language of a process's text: Hebrew where the locale is Hebrew, else English."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "he" if locale.lower().startswith(("he", "iw")) else "en"


def told_in(language: Language, entry: Mapping[str, Any]) -> str:
    """An entry's line in a language; a field that it has not is shown as –, a count as 0."""
    template = EVENTS[entry["event"]][0 if language == "he" else 1]
    asked = {slot["name"]: 0 if slot["forms"] else "–" for slot in SLOT.finditer(template)}
    shown = {name: _shown(language, value) for name, value in entry.items()}
    return fill(template, {**asked, **shown}, language).replace(FSI, "").replace(PDI, "")


def _shown(language: Language, value: Any) -> Figure:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, str) and value in MEANT:
        return MEANT[value][0 if language == "he" else 1]
    return value if isinstance(value, int | float) else str(value)

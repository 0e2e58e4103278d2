"""The events of the log and how a person reads them, in Hebrew and English. An event that is not here is not told."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from rules.wording import Language

EVENTS: Mapping[str, tuple[str, str]] = {
    "pass.began": ("סיבוב: {reason}", "a pass. {reason}"),
    "pass.read": ("נקראו: {spreadsheets} · קריאות: {reads}", "read: {spreadsheets} · read calls: {reads}"),
    "pass.placed": ("תשובות טפסים שנקלטו: {placed}", "form answers taken in: {placed}"),
    "pass.found": (
        "תאים לתיקון: {problems} · ממצאים: {findings} · התראות שנפתחו: {opened}, שנסגרו: {closed}",
        "to mend: {problems} · findings: {findings} · alerts opened: {opened}, closed: {closed}",
    ),
    "pass.wrote": ("נכתב אל: {spreadsheets} · שינויים: {changes}", "written to: {spreadsheets} · changes: {changes}"),
    "pass.mended": (
        "{spreadsheet}: היו שינויים בזמן הכתיבה. לשוניות: {tabs} · הוחזר: {put_back} · לא ידוע: {left}",
        "{spreadsheet}: changed during the write. tabs: {tabs} · put back: {put_back} · not known: {left}",
    ),
    "pass.cut": (
        "{spreadsheet}: גדול מכתיבה אחת, נכתב בחלקים: {writes}",
        "{spreadsheet}: too large for one write, written in parts: {writes}",
    ),
    "pass.unverified": (
        "{spreadsheet}: נכתב יותר ממה שאפשר לאמת בתשובה אחת. לשוניות שלא אומתו: {tabs}",
        "{spreadsheet}: more was written than one answer can verify. tabs not verified: {tabs}",
    ),
    "pass.told": ("הודעות לשליחה: {letters}", "letters to send: {letters}"),
    "pass.trouble": ("{spreadsheet}: {kind}", "{spreadsheet}: {kind}"),
    "pass.ended": (
        "הסתיים. שניות: {seconds} · קריאות מ־Google: {reads} · כתיבות: {writes}",
        "ended. seconds: {seconds} · reads at Google: {reads} · writes: {writes}",
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
        "{spreadsheet}: גדול מקריאה אחת, נקרא בחלקים: {reads}",
        "{spreadsheet}: too large for one read, read in parts: {reads}",
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


def told_in(language: Language, entry: Mapping[str, Any]) -> str:
    """An entry's line in a language; a field that it has not is shown as –."""
    he, en = EVENTS[entry["event"]]
    shown = {name: _shown(language, value) for name, value in entry.items()}
    return (he if language == "he" else en).format_map(defaultdict(lambda: "–", shown))


def _shown(language: Language, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, str) and value in MEANT:
        return MEANT[value][0 if language == "he" else 1]
    return str(value)

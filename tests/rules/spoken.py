"""Every message of every rule with its counts at 0, 1, 2 and 11, as text to be read.

`uv run python -m tests.rules.spoken` writes `messages.txt`, which a test compares: a changed word shows in review.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rules.catalogue import RULES
from rules.engine import CRASHED
from rules.rule import Rule
from rules.wording import FSI, PDI, SLOT, Figure, Language, Money, Percent, Person, Text, Wording

MESSAGES = Path(__file__).with_name("messages.txt")
COUNTS = (0, 1, 2, 11)

WHEN, AMOUNT = date(2026, 12, 2), Money(1_240_50)
SAMPLES: dict[str, Figure] = {
    **dict.fromkeys(("today", "year_end", "earlier", "date", "decision", "arrival", "by", "planned_on"), WHEN),
    **dict.fromkeys(("over", "paid", "committed", "left", "asks", "gap", "amount", "income", "cost"), AMOUNT),
    **dict.fromkeys(("covered", "price"), AMOUNT),
    **dict.fromkeys(("used", "excess", "requested", "received", "promised", "missing", "from_amount"), AMOUNT),
    **dict.fromkeys(("share", "expected"), Percent(87)),
    "basis": "לפי הזמן שעבר מתחילת השנה",
    "basis_en": "by the time that has passed",
    "category": "תרבות",
    "kind": "התחייבות",
    "kind_en": "A commitment",
    "source": "קרן היישוב",
    **dict.fromkeys(("start", "end", "submitted", "since", "until"), WHEN),
    "last": WHEN,
    "companion": Person("כהן"),
    "need": "דיור, חברים",
    **dict.fromkeys(("joined", "thanked"), WHEN),
    "volunteer": Person("דנה מ׳"),
    "interests": "גינון",
    "committee": "ועדת תרבות",
    "cadence": "רבעוני",
    "members": 3,
    "needed": 5,
    "plan": "טיוטה",
    "fitting": Person("דנה מ׳, גיל ל׳"),
    "task": "להזמין כיסאות",
    "owner": Person("דנה מזרחי"),
    "with_whom": Person("מזכירת היישוב"),
    **dict.fromkeys(("verified", "received_on"), WHEN),
    "role": "לוגיסטיקה",
    "roles": "לוגיסטיקה, ביטחון",
    "person": Person("דנה מזרחי"),
    "case": "פ-2026-014",
    "service": "בנק מזון",
    "project": "מנהיגות צעירה",
    **dict.fromkeys(("quarter", "role_start"), WHEN),
    "program": "קיץ בשכונה",
    "goal": "קהילה פעילה",
    "target": "200",
    "actual": "80",
    "topic": "תחבורה",
    "importance": 4.5,
    "most": 5,
    "missing_en": "goal",
    "process": "חזון היישוב",
    "milestone": "כנס תושבים",
    "title": "סיור לילה",
    "channel": "ווטסאפ · הורים",
    "to": Person("מנהלת התוכנית"),
    "working_days": 5,
    "initiative": "גינת הפקאן",
    "leader": Person("יעל כהן"),
    "partner": "בית ספר אלונים",
    "contact": Person("מיכל לב"),
    "forum": "פורום קיימות",
    "asset": "קומפוסטר רחוב האלון",
    "state": "דורש טיפול",
    "place": "רחוב האלון",
    **dict.fromkeys(("next_date", "reported"), WHEN),
    "month": "10.2026",
    "percent": Percent(50),
    "absent": 2,
    "subject": Person("תאורה בגן המשחקים"),
    "handler": Person("ועדת תשתיות"),
    **dict.fromkeys(("met", "promised_for", "climbs"), WHEN),
    "event": "מסיבת חנוכה",
    "publish_by": WHEN,
    "booked": AMOUNT,
    "rest": "שבת",
    "rest_en": "Shabbat",
    "other": "מופע לילדים",
    "holiday": "חנוכה",
    "table": "פניות תושבים",
    "column": "הערות",
    "column_en": "notes",
    "minimum": 8,
    "first": Person("נועה כ׳"),
    "participant": Person("נועה כ׳"),
    "meant": "גילי 6–8",
    "meant_en": "ages 6–8",
    "papers": "הסכם, ביטוח",
    "papers_en": "agreement, insurance",
    "due": WHEN,
    "planned": Money(18_000_00),
    "line": "חגים",
    "lines": "חגים, נוער",
    "class": "קרמיקה, כיתות א׳–ג׳",
    "family": Person("לוי"),
    "supplier": "Print & Co",
    "invoice": "2026-88",
    "of": 8,
    "per": "לחודש",
    "per_en": "a month",
    "price_per": "לחודש",
    "price_per_en": "a month",
    "step": "חודש",
    "step_en": "a month",
    "name": "חריגה מסעיף תקציבי",
    "name_en": "A budget line is overrun",
    "error": "ValueError, judge:71",
}
SAMPLES |= {
    "file": "welfare",
    "why": "הקובץ לא משותף עם חשבון השירות.",
    "why_en": "The spreadsheet is not shared with the service account.",
    "tab": "תקציב",
    "columns": "סעיף, תקציב מאושר",
    "columns_en": "line, planned",
    "form": "registrations",
    "role_en": "librarian",
    "coordinator": "רכז/ת קהילה",
    "coordinator_en": "coordinator",
}
BY_RULE: dict[tuple[str, str], Figure] = {
    ("service.unreadable", "tab"): 'הלשונית "תקציב"',
    ("service.unreadable", "tab_en"): 'the tab "תקציב"',
    ("volunteer.overload", "first"): WHEN,
    ("event.over_budget", "of"): "חגים",
    ("event.clash", "of"): "אולם",
    **{(f"plan.no_{what}", "missing"): "עלות משוערת" for what in ("goal", "budget", "owner")},
    ("welfare.no_handler", "received"): WHEN,
    ("family.followup_due", "planned"): WHEN,
}


def spoken(rule: Rule, wording: Wording, count: int, language: Language) -> Text:
    """A message with all its counts at `count`, and a sample for each other figure."""
    text = wording.he if language == "he" else wording.en
    figures: dict[str, Figure] = {}
    for slot in SLOT.finditer(f"{text.title} {text.body} {text.next_step}"):
        name = slot["name"]
        if slot["forms"] is None:
            figures[name] = BY_RULE[rule.key, name] if (rule.key, name) in BY_RULE else SAMPLES[name]
        else:
            figures[name] = Money(count * 100) if name == "left" else count
    return wording.render(figures, language)


def every_message() -> Iterator[tuple[Rule, str, int, Language, Text]]:
    """Each rule's each wording, at each count, in both languages."""
    for rule in (*RULES, CRASHED):
        for variant, wording in rule.wording.items():
            for language in ("he", "en"):
                for count in COUNTS if _has_counts(wording) else (1,):
                    yield rule, variant, count, language, spoken(rule, wording, count, language)


def _has_counts(wording: Wording) -> bool:
    words = f"{wording.he.title} {wording.he.body} {wording.he.next_step}"
    return any(slot["forms"] is not None for slot in SLOT.finditer(words))


def as_text() -> str:
    """All messages, with the marks that isolate figures made visible as ⟨ ⟩."""
    lines = []
    for rule, variant, count, language, text in every_message():
        said = " ¶ ".join(part for part in (text.title, text.body, text.next_step) if part)
        visible = said.replace(FSI, "⟨").replace(PDI, "⟩").replace("\u00a0", "~")
        lines.append(f"{rule.key}{'/' if variant else ''}{variant} {language} {count}: {visible}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    MESSAGES.write_text(as_text(), encoding="utf-8")

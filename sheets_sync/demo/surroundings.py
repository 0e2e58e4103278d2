"""What stands and grows around: residents' initiatives, installations, and income that is raised for all this."""

from sheets_sync.demo.draft import Draft
from sheets_sync.demo.parts import Record


def income(draft: Draft) -> None:
    """The table `income`."""
    draft.add(
        "income", source="דמי השתתפות חוגים", kind="דמי השתתפות", promised=21_000, received=21_000, status="התקבל"
    )
    soon = draft.add(
        "income", source="קול קורא: קהילה וחוסן", kind="קול קורא", submit_by=8, requested=25_000, status="בהכנה"
    )
    draft.find("income.submit_due", "income", soon)
    later = draft.add(
        "income", source="קול קורא: נוער מוביל", kind="קול קורא", submit_by=15, requested=12_000, status="בהכנה"
    )
    draft.spare("income.submit_due", "income", later, days=1)
    report = draft.add(
        "income",
        source="קרן גינות קהילתיות",
        kind="תרומה",
        requested=8_000,
        promised=8_000,
        received=8_000,
        report_by=20,
        report_done=False,
        program="גינה קהילתית",
        status="התקבל",
    )
    draft.find("income.report_due", "income", report)
    next_report = draft.add(
        "income",
        source="תמיכת המועצה בספריות",
        kind="מועצה",
        promised=4_000,
        received=4_000,
        report_by=31,
        program="ספרייה פעילה",
        status="התקבל",
    )
    draft.spare("income.report_due", "income", next_report, days=1)
    late = draft.add(
        "income", source="השתתפות המועצה בתרבות", kind="מועצה", promised=12_000, received=5_000, due=-6, status="אושר"
    )
    draft.find("income.overdue", "income", late)
    today = draft.add("income", source="תרומת משפחה ליום העצמאות", kind="תרומה", promised=3_000, due=0, status="אושר")
    draft.spare("income.overdue", "income", today, days=1)
    draft.add("income", source="קול קורא: תיירות", kind="קול קורא", submit_by=-40, requested=40_000, status="נדחה")


def initiatives(draft: Draft, field: str | None = None) -> None:
    """The table `initiatives`."""
    silent = draft.add(
        "initiatives",
        name="ספריית כלי עבודה",
        leader="נירית מור",
        field=field,
        stage="פעיל",
        last_contact=-52,
        next_step="לסגור מקום אחסון",
        next_date=10,
    )
    draft.find("initiative.silent", "initiatives", silent)
    nearly = draft.add(
        "initiatives",
        name="קבוצת ריצה",
        leader="אורי לביא",
        field=field,
        stage="פעיל",
        last_contact=-44,
        next_step="מרוץ ראשון",
        next_date=30,
    )
    draft.spare("initiative.silent", "initiatives", nearly, days=1)
    draft.add(
        "initiatives", name="גן פרפרים", leader="יעל סבן", field=field, stage="רעיון", support_needed="שתילים וייעוץ"
    )
    draft.add("initiatives", name="שיתוף נסיעות", leader="דן כץ", field=field, stage="עצמאי", last_contact=-120)


def assets(draft: Draft, owner: str, field: str | None = None) -> None:
    """The table `assets`."""

    def one(name: str, kind: str, place: str, **more: object) -> Record:
        return draft.add(
            "assets",
            **{"name": name, "kind": kind, "place": place, "field": field, "owner": owner, "state": "תקין", **more},
        )

    one("מועדון קהילתי", "מועדון", "מרכז היישוב", cadence="רבעוני", last_checked=-41, users=120)
    one("ספריית היישוב", "ספרייה", "ליד בית הספר", cadence="חודשי", last_checked=-12, users=85)
    due = one("קומפוסטר הרימון", "קומפוסטר", "רחוב הרימון", cadence="חודשי", last_checked=-40, users=18, amount_kg=90)
    draft.find("asset.check_due", "assets", due)
    soon = one("קומפוסטר הגפן", "קומפוסטר", "רחוב הגפן", cadence="חודשי", last_checked=-32, users=14, amount_kg=70)
    draft.spare("asset.check_due", "assets", soon, days=1)
    broken = one("מקלט השקד", "מקלט", "רחוב השקד", state="דורש טיפול", reported=-20)
    draft.find("asset.stuck", "assets", broken)
    fresh = one("גינה קהילתית", "גינה קהילתית", "מאחורי המועדון", state="דורש טיפול", reported=-14)
    draft.spare("asset.stuck", "assets", fresh, days=1)

"""Whether a restricted file is open to more people than it should be."""

from collections.abc import Iterator

from rules.finding import Finding, Role, Severity
from rules.rule import Given, rule
from rules.table import Book
from rules.wording import Figure, Text, Wording

CLOSE_HE = 'בכפתור "שיתוף" שבקובץ: להגביל את הגישה, ולהסיר את מי שאינו ברשימה. שיתוף רצוי נרשם ב־shared_with בהגדרות.'
CLOSE_EN = "By the file's Share button: restrict the access and remove whoever is not listed. A wanted one is added to "


@rule(
    "privacy.shared",
    "קובץ בגישה מוגבלת ששותף",
    "A restricted file is shared",
    explanation_he="קובץ בגישה מוגבלת פתוח לכל מי שיש לו קישור, או משותף עם כתובת שאינה ברשימה שבהגדרות.",
    explanation_en="A restricted file is open to anyone with its link, or shared with an address outside its list.",
    needs=(),
    roles=(Role.COORDINATOR, Role.SECRETARY),
    severity=Severity.URGENT,
    wording={
        "": Wording(
            he=Text(
                "הקובץ {file} משותף עם {n|כתובת אחת שאינה ברשימה|שתי כתובות שאינן ברשימה|# כתובות שאינן ברשימה}",
                "זה קובץ בגישה מוגבלת: רק מי שברשימה שבהגדרות אמור לראות אותו.",
                CLOSE_HE,
            ),
            en=Text(
                "The file {file} is shared with {n|an address|two addresses|# addresses} outside its list",
                "It is a restricted file: only those listed in the settings are to see it.",
                CLOSE_EN + "shared_with in the settings.",
            ),
        ),
        "link": Wording(
            he=Text(
                "הקובץ {file} פתוח לכל מי שיש לו קישור",
                "זה קובץ בגישה מוגבלת. כתובות נוספות שאינן ברשימה: {n|=0 אין|כתובת אחת|שתי כתובות|# כתובות}.",
                CLOSE_HE,
            ),
            en=Text(
                "The file {file} is open to anyone with its link",
                "It is a restricted file. Besides, {n|=0 no address|one address|two addresses|# addresses} "
                "outside its list.",
                CLOSE_EN + "shared_with in the settings.",
            ),
        ),
        "unknown": Wording(
            he=Text(
                "לא ידוע עם מי משותף הקובץ {file}",
                "זה קובץ בגישה מוגבלת, ו־Google לא נתן לקרוא את רשימת השיתוף שלו.",
                "לתת לחשבון השירות הרשאת עריכה בקובץ; עד אז כדאי לבדוק את השיתוף ביד.",
            ),
            en=Text(
                "It is not known with whom the file {file} is shared",
                "It is a restricted file, and Google did not let its list of permissions be read.",
                "Give the service account edit access to it; until then check the sharing by hand.",
            ),
        ),
    },
)
def shared(book: Book, given: Given) -> Iterator[Finding]:
    """A finding a file: counts only, no address leaves it."""
    for one in given.facts.sharing:
        figures: dict[str, Figure] = {"file": one.file, "n": one.others}
        if not one.known:
            yield shared.about(one.file, figures, variant="unknown", severity=Severity.CARE)
        elif one.by_link:
            yield shared.about(one.file, figures, variant="link")
        elif one.others:
            yield shared.about(one.file, figures)

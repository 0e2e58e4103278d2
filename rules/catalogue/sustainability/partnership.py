"""Rules of initiatives, partners and the neighbourhood forum: contacts that are kept."""

from collections.abc import Iterator

from rules.catalogue.cadence import cadence_days, days_without
from rules.catalogue.people.committees import FORUM, existing
from rules.catalogue.phrases import ago, ago_en, days, days_en
from rules.catalogue.places import cells
from rules.finding import Finding, Role, Severity
from rules.rule import Given, Param, Unit, rule
from rules.table import Book
from rules.wording import Person, Text, Wording

ACTIVE = "פעיל"


@rule(
    "initiative.silent",
    "יוזמה שממתינה לקשר",
    "An initiative waits for a contact",
    explanation_he="יוזמה פעילה: 45 יום בלי קשר, או שמועד הצעד הבא עבר. יוזמה בלי תאריכים אינה נספרת.",
    explanation_en="An active initiative: 45 days without a contact, or its next date has passed. One without dates is "
    "left out.",
    needs=("initiatives",),
    roles=(Role.COORDINATOR,),
    params=(Param("days", 45, Unit.DAYS, "כמה ימים בלי קשר", "Days without a contact", 1, 3660),),
    wording={
        "contact": Wording(
            he=Text(
                f'היוזמה "{{initiative}}": {days("n")} בלי קשר',
                "הקשר האחרון: {last}.[ הצעד הבא: {next_date}.][ בהובלת {leader}.]",
                'לשיחה קצרה, ואחר כך לרשום תאריך בעמודה "קשר אחרון".',
            ),
            en=Text(
                f'The initiative "{{initiative}}": {days_en("n")} without a contact',
                "The last one: {last}.[ Next step: {next_date}.][ Led by {leader}.]",
                "Have a short talk, then write its date in the column “last contact”.",
            ),
        ),
        "date": Wording(
            he=Text(
                'היוזמה "{initiative}": מועד הצעד הבא עבר',
                f"המועד היה {{next_date}}, {ago('n')}.[ הקשר האחרון: {{last}}.][ בהובלת {{leader}}.]",
                "לברר איפה זה עומד, ולקבוע את הצעד הבא.",
            ),
            en=Text(
                'The initiative "{initiative}": the date of its next step has passed',
                f"It was {{next_date}}, {ago_en('n')}.[ The last contact: {{last}}.][ Led by {{leader}}.]",
                "Find out where it stands, and set the next step.",
            ),
        ),
        "many": Wording(
            he=Text("{n|יוזמה אחת ממתינה|שתי יוזמות ממתינות|# יוזמות ממתינות} לקשר", "", ""),
            en=Text("{n|One initiative waits|# initiatives wait} for a contact", "", ""),
        ),
    },
)
def silent(book: Book, given: Given) -> Iterator[Finding]:
    """Active initiatives whose next step is past its date, or that nobody was in contact with for long."""
    initiatives = book["initiatives"]
    rows = initiatives.over("name", "stage", "last_contact", "next_date", "leader")
    for index, name, stage, last, next_date, leader in rows:
        if not name or stage != ACTIVE:
            continue
        is_late = next_date is not None and next_date < given.today
        is_silent = last is not None and (given.today - last).days >= given["days"]
        if is_late or is_silent:
            yield silent.finding(
                initiatives,
                index,
                {
                    "initiative": name,
                    "n": (given.today - (next_date if is_late else last)).days,
                    "last": last,
                    "next_date": next_date,
                    "leader": Person(leader) if leader else None,
                },
                variant="date" if is_late else "contact",
                cells=cells(initiatives, index, "last_contact", "next_date", "stage"),
            )


@rule(
    "partner.dormant",
    "שותפות בלי קשר",
    "A partner without a contact",
    explanation_he="180 יום לא נרשם קשר עם גוף שותף. גוף בלי תאריך קשר אינו נספר.",
    explanation_en="No contact with a partner for 180 days. One without a date of contact is left out.",
    needs=("partners",),
    roles=(Role.COORDINATOR,),
    severity=Severity.INFO,
    params=(Param("days", 180, Unit.DAYS, "כמה ימים בלי קשר", "Days without a contact", 1, 3660),),
    wording={
        "": Wording(
            he=Text(
                f"{{partner}}: {days('n')} בלי קשר",
                "הקשר האחרון: {last}.[ אפשר לפנות אל {contact}.]",
                'לשיחה קצרה, ואחר כך לרשום תאריך בעמודה "קשר אחרון".',
            ),
            en=Text(
                f"{{partner}}: {days_en('n')} without a contact",
                "The last one: {last}.[ The contact is {contact}.]",
                "Have a short talk, then write its date in the column “last contact”.",
            ),
        ),
        "many": Wording(
            he=Text("{n|גוף שותף אחד ממתין|שני גופים שותפים ממתינים|# גופים שותפים ממתינים} לקשר", "", ""),
            en=Text("{n|One partner waits|# partners wait} for a contact", "", ""),
        ),
    },
)
def dormant(book: Book, given: Given) -> Iterator[Finding]:
    """Partners that nobody was in contact with for long."""
    partners = book["partners"]
    for index, name, contact, last in partners.over("organisation", "contact", "last_contact"):
        if not name or last is None or (given.today - last).days < given["days"]:
            continue
        yield dormant.finding(
            partners,
            index,
            {
                "partner": name,
                "n": (given.today - last).days,
                "last": last,
                "contact": Person(contact) if contact else None,
            },
            cells=cells(partners, index, "last_contact"),
        )


@rule(
    "forum.not_met",
    "פורום שהגיע זמנו להיפגש",
    "A forum is due to meet",
    explanation_he="מאז הפגישה האחרונה של הפורום עברה התדירות שלו, בלי ימי ההפסקות שבהגדרות.",
    explanation_en="The forum's cadence has passed since it last met, pauses of the settings apart.",
    needs=("committees",),
    roles=(Role.COORDINATOR,),
    wording=Wording(
        he=Text(
            "{forum}: הגיע הזמן להיפגש",
            f"הפגישה האחרונה: {{last}}, {ago('n')}. התדירות: {{cadence}}.",
            'לקבוע מועד ולהזמין, או לעדכן תאריך בעמודה "פגישה אחרונה".',
        ),
        en=Text(
            "{forum}: it is time to meet",
            f"It last met on {{last}}, {ago_en('n')}. Cadence: {{cadence}}.",
            "Set a date and invite, or update the column “last meeting”.",
        ),
    ),
)
def not_met(book: Book, given: Given) -> Iterator[Finding]:
    """Forums past their cadence."""
    committees = book["committees"]
    for index in existing(committees):
        last, cadence = committees["last_meeting"][index], cadence_days(committees["cadence"][index])
        if committees["kind"][index] != FORUM or last is None or cadence is None:
            continue
        if days_without(last, given.today, given.settings.pauses) > cadence:
            yield not_met.finding(
                committees,
                index,
                {
                    "forum": committees["name"][index],
                    "n": (given.today - last).days,
                    "last": last,
                    "cadence": committees["cadence"][index],
                },
                cells=cells(committees, index, "last_meeting", "cadence"),
            )

"""Rules of the emergency team: roles, phones, one person in two places, drills."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rules.catalogue.care.tables import EMERGENCY_ROLES
from rules.catalogue.phrases import ago, ago_en
from rules.catalogue.places import cells
from rules.choices import match_choice
from rules.finding import Finding, Role, Severity
from rules.names import fold
from rules.rule import Given, Param, Unit, rule
from rules.table import Book, Table
from rules.wording import Person, Text, Word, Wording

CHAIR = EMERGENCY_ROLES[0]
MONTHS_A_QUARTER, MONTHS_HALF = 3, 6


@rule(
    "emergency.vacant",
    'תפקיד פנוי בצח"י',
    "A vacant role in the emergency team",
    explanation_he='אין יו"ר: דחוף. תפקיד בלי בעל תפקיד: לטיפול. תפקידים בלי ממלא מקום: לידיעה, בשורה אחת.',
    explanation_en="No chair is urgent; a role without a holder is for care; roles without deputies, in one line.",
    needs=("emergency",),
    roles=(Role.COORDINATOR, Role.EMERGENCY_CHAIR),
    wording={
        "": Wording(
            he=Text(
                'צח"י: התפקיד "{role}" פנוי',
                "עוד לא נרשם מי ממלאים את התפקיד.",
                "לפנות למועמדים מתאימים ולרשום שם וטלפון בלשונית.",
            ),
            en=Text(
                'The emergency role "{role}" is vacant',
                "Nobody is written down for it yet.",
                "Approach fitting people and write a name and a phone down.",
            ),
        ),
        "deputies": Wording(
            he=Text(
                'צח"י: {n|לתפקיד אחד אין ממלא מקום|לשני תפקידים אין ממלאי מקום|ל־# תפקידים אין ממלאי מקום}',
                "התפקידים: {roles}.",
                "להוסיף ממלאי מקום כשמתאים, כדי שתמיד יהיה מי שיענה.",
            ),
            en=Text(
                "Emergency team: {n|one role has|# roles have} no deputy",
                "The roles: {roles}.",
                "Add deputies when it suits, so that someone always answers.",
            ),
        ),
    },
)
def vacant(book: Book, given: Given) -> Iterator[Finding]:
    """Roles, of the template's and the sheet's, without a holder; and in one line those without a deputy."""
    emergency = book["emergency"]
    rows = _rows_by_role(emergency)
    for name in {**dict.fromkeys(map(fold, EMERGENCY_ROLES)), **rows}:
        at = rows.get(name, [])
        if not any(emergency["holder"][row] for row in at):
            label = emergency["role"][at[-1]] if at else next(role for role in EMERGENCY_ROLES if fold(role) == name)
            yield vacant.finding(
                emergency,
                at[-1] if at else None,
                {"role": Word(label)},
                key=name,
                severity=Severity.URGENT if name == fold(CHAIR) else Severity.CARE,
                cells=cells(emergency, at[-1], "role", "holder") if at else (),
            )
    yield from _without_deputies(emergency, rows)


def _without_deputies(emergency: Table, rows: dict[str, list[int]]) -> Iterator[Finding]:
    alone = [
        at
        for at in rows.values()
        if any(emergency["holder"][row] for row in at) and not any(emergency["deputy"][row] for row in at)
    ]
    if alone and emergency.has("deputy"):
        yield vacant.finding(
            emergency,
            None,
            {"n": len(alone), "roles": ", ".join(sorted(emergency["role"][at[0]] for at in alone))},
            key="ממלאי מקום",
            severity=Severity.INFO,
            variant="deputies",
            cells=[cell for at in alone for cell in cells(emergency, at[0], "deputy")],
        )


def _rows_by_role(emergency: Table) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for index, role in emergency.over("role"):
        if role:
            rows[fold(match_choice(EMERGENCY_ROLES, role) or role)].append(index)
    return rows


@rule(
    "emergency.unverified",
    'טלפונים של צח"י שלא אומתו',
    "Phones of the emergency team not verified",
    explanation_he="הטלפונים בשורה לא אומתו 90 יום. נאמר פעם ברבעון.",
    explanation_en="The phones of a row were not verified for 90 days; told once a quarter.",
    needs=("emergency",),
    roles=(Role.EMERGENCY_CHAIR, Role.COORDINATOR),
    params=(Param("days", 90, Unit.DAYS, "כמה ימים", "Days", 1, 3660),),
    wording={
        "": Wording(
            he=Text(
                'צח"י: הטלפונים של "{role}" ממתינים לאימות',
                "[האימות האחרון: {verified}, {days|=0 היום|אתמול|לפני יומיים|לפני # ימים}.]",
                "לשלוח בדיקה קצרה או להתקשר, ואחר כך לעדכן תאריך בלשונית.",
            ),
            en=Text(
                'Emergency team: the phones of "{role}" wait to be verified',
                "[Last verified on {verified}, {days|=0 today|yesterday|# days ago}.]",
                "Send a short check or call, then update the date in the sheet.",
            ),
        ),
        "many": Wording(
            he=Text('צח"י: {n|טלפון אחד ממתין לאימות|שני טלפונים ממתינים לאימות|# טלפונים ממתינים לאימות}', "", ""),
            en=Text("Emergency team: {n|one phone waits|# phones wait} to be verified", "", ""),
        ),
    },
)
def unverified(book: Book, given: Given) -> Iterator[Finding]:
    """Rows with a phone that was not verified for long; a new finding each quarter."""
    emergency = book["emergency"]
    rows = emergency.over("role", "holder", "phone", "deputy_phone", "verified")
    for index, role, holder, phone, deputy_phone, verified in rows:
        if not role or not holder or not (phone or deputy_phone):
            continue
        if verified is not None and (given.today - verified).days < given["days"]:
            continue
        yield unverified.finding(
            emergency,
            index,
            {"role": role, "verified": verified, "days": (given.today - verified).days if verified else None},
            key=f"{emergency.key(index)} · {_part_of_year(given.today, MONTHS_A_QUARTER)}",
            cells=cells(emergency, index, "phone", "deputy_phone", "verified"),
        )


@rule(
    "emergency.double",
    'אותו אדם בשני תפקידים בצח"י',
    "One person in two emergency roles",
    explanation_he="אותו שם בשני תפקידים, או כממלא מקום בשניים. נאמר פעמיים בשנה.",
    explanation_en="One name holds two roles, or is the deputy of two; told twice a year.",
    needs=("emergency",),
    roles=(Role.EMERGENCY_CHAIR,),
    severity=Severity.INFO,
    wording=Wording(
        he=Text(
            'צח"י: {person} {n|בתפקיד אחד|בשני תפקידים|ב־# תפקידים}',
            "התפקידים: {roles}.",
            "בחירום קשה למלא שני תפקידים יחד; אפשר לחלק ביניהם.",
        ),
        en=Text(
            "Emergency team: {person} in {n|one role|# roles}",
            "The roles: {roles}.",
            "In an emergency two roles are hard to fill together; they could be shared out.",
        ),
    ),
)
def double(book: Book, given: Given) -> Iterator[Finding]:
    """People who hold two roles or deputise in two; a new finding each half year."""
    emergency = book["emergency"]
    for field in ("holder", "deputy"):
        held: dict[str, list[int]] = defaultdict(list)
        for index, role, person in emergency.over("role", field):
            if role and person:
                held[fold(person)].append(index)
        for name, rows in held.items():
            roles = sorted({emergency["role"][row] for row in rows})
            if len(set(map(fold, roles))) > 1:
                yield double.finding(
                    emergency,
                    rows[-1],
                    {
                        "person": Person(min(emergency[field][row] for row in rows)),
                        "n": len(set(map(fold, roles))),
                        "roles": ", ".join(roles),
                    },
                    key=f"{name} · {field} · {_part_of_year(given.today, MONTHS_HALF)}",
                    cells=[cell for row in rows for cell in cells(emergency, row, field)],
                )


@rule(
    "emergency.no_drill",
    "זמן רב בלי תרגיל חירום",
    "No emergency drill for long",
    explanation_he="לא היה תרגיל 180 יום (לידיעה) או שנה (לטיפול), או שהלקחים של תרגיל עוד פתוחים.",
    explanation_en="No drill for 180 days, or for a year; or the lessons of one are still open.",
    needs=("drills",),
    roles=(Role.EMERGENCY_CHAIR,),
    params=(
        Param("days", 180, Unit.DAYS, "כמה ימים בלי תרגיל", "Days without a drill", 1, 3660),
        Param("care_days", 365, Unit.DAYS, "מכמה ימים זה לטיפול", "Days from which it is for care", 1, 3660),
        Param("lessons_days", 30, Unit.DAYS, "לקחים בלי תאריך: כמה ימים", "Lessons without a date: days", 0, 365),
    ),
    wording={
        "": Wording(
            he=Text(
                'צח"י: {n|=0 עוד לא נרשם תרגיל|עבר יום מהתרגיל האחרון|עברו יומיים מהתרגיל האחרון|'
                "עברו # ימים מהתרגיל האחרון}",
                "[התרגיל או האירוע האחרון: {last}.]",
                "לקבוע תרגיל, גם קצר: שיחה סביב שולחן היא תרגיל.",
            ),
            en=Text(
                "Emergency team: {n|=0 no drill is written down|a day since the last one|# days since the last one}",
                "[The last drill or event: {last}.]",
                "Set a drill, even a short one around a table.",
            ),
        ),
        "lessons": Wording(
            he=Text(
                'צח"י: הלקחים מ־{last} עוד פתוחים',
                f"התרגיל או האירוע היה {ago('n')}.[ הלקחים היו אמורים להסתיים עד {{due}}.]",
                "לעבור על הלקחים, ולסמן כשטופלו.",
            ),
            en=Text(
                "Emergency team: the lessons of {last} are still open",
                f"The drill or event was {ago_en('n')}.[ The lessons were due by {{due}}.]",
                "Go over the lessons, and tick them when they are done.",
            ),
        ),
    },
)
def no_drill(book: Book, given: Given) -> Iterator[Finding]:
    """No drill for long, and drills whose lessons are open."""
    drills = book["drills"]
    held = [day for _, day in drills.over("date") if day and day <= given.today]
    days = (given.today - max(held)).days if held else None
    if days is None or days >= given["days"]:
        yield no_drill.finding(
            drills,
            None,
            {"n": days or 0, "last": max(held) if held else None},
            key="תרגיל",
            severity=Severity.INFO if days is not None and days < given["care_days"] else Severity.CARE,
        )
    for index, day, done, due in drills.over("date", "lessons_done", "lessons_due"):
        if day is None or day > given.today or done or not drills.has("lessons_done"):
            continue
        late = due < given.today if due else (given.today - day).days >= given["lessons_days"]
        if late:
            yield no_drill.finding(
                drills,
                index,
                {"n": (given.today - day).days, "last": day, "due": due},
                variant="lessons",
                cells=cells(drills, index, "lessons_done", "lessons_due"),
            )


def _part_of_year(day: date, months: int) -> str:
    """The quarter or half of a year a day is in, as `2026/4`."""
    return f"{day.year}/{(day.month - 1) // months + 1}"

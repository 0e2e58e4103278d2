"""Every bad setting ends in words that name the place and the remedy, in both languages."""

from pathlib import Path

import pytest

from rules.finding import Role
from sheets_sync.config import SpreadsheetSettings, form_secrets, load, secret
from sheets_sync.errors import BadSettings

ID, OTHER = "a" * 44, "b" * 44
GOOD = f"""
[community]
name = "גבעת אלון"

[[spreadsheets]]
name = "main"
url = "https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0"
"""


def book(name: str, url: str) -> str:
    return f'[[spreadsheets]]\nname = "{name}"\nurl = "{url}"'


def sheet(id: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{id}/edit"


def rule(line: str, key: str = "budget.overrun") -> str:
    return f'[rules."{key}"]\n{line}'


BAD = {
    # an added line: what the words name, in both languages; what the English offers; what the Hebrew offers
    "a setting that is not there": ('[mail]\nhots = "x"', "mail", "Did you mean host?", "אולי הכוונה ל־host?"),
    "a section that is not there": ('[databse]\nurl = "x"', "databse", "Did you mean database?", "database"),
    "nothing near it": ("[clock]\nzzz = 1", "clock", "unknown 'zzz'", "אין ערך כזה"),
    "text for a number": ('[mail]\nport = "25"', "mail.port", "expected a whole number, not text", "צריך מספר שלם"),
    "a number for text": ("[mail]\nhost = 25", "mail.host", "expected text in quotes", "צריך טקסט"),
    "text for a list": ('[web]\ntrusted_hosts = "a"', "web.trusted_hosts", "a list in brackets", "רשימה"),
    "text for a switch": ('[clock]\nquiet = "yes"', "clock.quiet", "true or false", "true או false"),
    "a port of zero": ("[mail]\nport = 0", "mail.port", "a whole number >= 1", "מספר שלם >= 1"),
    "too often": ("[clock]\nseconds = 1", "clock.seconds", ">= 5", ">= 5"),
    "a security that is not offered": (
        '[mail]\nsecurity = "ssl"',
        "mail.security",
        "Known: none, starttls, tls",
        "אפשר: none",
    ),
    "one end of the night": ('[clock]\nnight = ["22:00:00"]', "clock.night", "a list of 2, not of 1", "רשימה של 2"),
    "no time of day": ('[clock]\nnight = ["22", "7"]', "clock.night", 'a time ("07:00:00")', "צריך שעה"),
    "a number for a path": ("[google]\nkey_file = 3", "google.key_file", "a path", "key_file"),
    "a form of another alphabet": ('[[forms]]\nname = "טופס"', "forms[0].name", "not of the form", "לא בצורה"),
    "a form's table": ('[[forms]]\nname = "a"\ntable = "clases"', "forms.a.table", "Did you mean classes?", "classes"),
    "a form's field": (
        '[[forms]]\nname = "a"\nfields = { "למי?" = "phon" }',
        "forms.a.fields",
        "Did you mean phone?",
        "אולי הכוונה ל־phone?",
    ),
    "two forms of one name": ('[[forms]]\nname = "a"\n[[forms]]\nname = "a"', "forms.name", "stands twice", "פעמיים"),
    "a tab's table": (
        f"{book('b', sheet(OTHER))}\ntabs = {{ buget = 'ת' }}",
        "spreadsheets.b.tabs",
        "Did you mean budget?",
        "אולי הכוונה ל־budget?",
    ),
    "two spreadsheets of one name": (book("main", sheet(OTHER)), "spreadsheets.name", "main stands twice", "פעמיים"),
    "two spreadsheets of one address": (book("b", sheet(ID) + "#gid=7"), "spreadsheets.url", ID, "פעמיים"),
    "an address of another site": (book("b", "https://example.org/"), "example.org", "not a Google Sheets", "הקובץ b"),
    "a document's address": (
        book("b", f"https://docs.google.com/document/d/{OTHER}/edit"),
        "document/d",
        "not a Google Sheets address",
        "אינה כתובת",
    ),
    "a published page's address": (
        book("b", f"https://docs.google.com/spreadsheets/d/e/2PACX-{OTHER}/pubhtml"),
        "2PACX",
        "not a Google Sheets address",
        "אינה כתובת",
    ),
    "no address": (book("b", ""), "b", "not a Google Sheets address", "אינה כתובת"),
    "a rule that is not there": (
        rule("on = true", "budget.overun"),
        "rules",
        "Did you mean budget.overrun?",
        "overrun",
    ),
    "a rule that is no section": ("[rules]\nx = 3", "rules", "a section of settings", "קבוצת הגדרות"),
    "a rule's switch": (rule('on = "yes"'), "rules.budget.overrun.on", "true or false", "true או false"),
    "roles as text": (rule('roles = "board"'), "rules.budget.overrun.roles", "a list", "רשימה"),
    "a role that is not there": (rule('roles = ["bord"]'), "overrun.roles", "Did you mean board?", "board"),
    "a role that is a number": (rule("roles = [3]"), "overrun.roles", "Known: ", "אפשר: "),
    "a parameter that is not there": (
        rule("shar = 80", "budget.nearly_spent"),
        "rules.budget.nearly_spent",
        "Did you mean share?",
        "share",
    ),
    "a threshold too high": (
        rule("share = 101", "budget.nearly_spent"),
        "rules.budget.nearly_spent.share",
        "a whole number from",
        "מספר שלם בין",
    ),
    "a threshold that is a switch": (
        rule("share = true", "budget.nearly_spent"),
        "nearly_spent.share",
        "not True",
        "מספר שלם",
    ),
    "no TOML": ("this is = = not", "", "not valid TOML", "אינו TOML תקין"),
}


def write(folder: Path, text: str) -> Path:
    file = folder / "sheets-sync.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refused(file: Path) -> BadSettings:
    """What the file is refused with; both languages name the file."""
    with pytest.raises(BadSettings) as caught:
        load(file)
    assert str(file) in caught.value.he
    assert str(file) in caught.value.en
    assert caught.value.status == 2
    return caught.value


@pytest.mark.parametrize(("added", "place", "english", "hebrew"), BAD.values(), ids=BAD)
def test_a_bad_setting_names_its_place_and_the_remedy(
    tmp_path: Path, added: str, place: str, english: str, hebrew: str
) -> None:
    error = refused(write(tmp_path, f"{GOOD}\n{added}\n"))
    assert place in error.he
    assert place in error.en
    assert hebrew in error.he
    assert english in error.en
    assert not set("אבגדהוזחטיכלמנסעפצקרשת") & set(error.en.replace("טופס", ""))
    assert "`" not in error.en + error.he
    assert [path.name for path in tmp_path.iterdir()] == ["sheets-sync.toml"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", "the setting community is missing"),
        ('[community]\nname = "x"', "the setting spreadsheets is missing"),
        ('spreadsheets = []\n[community]\nname = "x"', "at least 1 is needed"),
        (GOOD.replace('name = "גבעת אלון"', ""), "community: the setting name is missing"),
        (GOOD.replace('name = "גבעת אלון"', 'name = "x"\ntime_zone = "Asia/Jerusalm"'), "Did you mean Asia/Jerusalem?"),
        (
            GOOD.replace('name = "גבעת אלון"', 'name = "x"\nkey = "Big Key"'),
            "community.key: the text is not of the form",
        ),
        (
            GOOD.replace('name = "גבעת אלון"', 'name = "x"\nwork_year_start = "soon"'),
            "community.work_year_start: expected a date",
        ),
    ],
    ids=["empty", "no spreadsheets", "an empty list of them", "no name", "time zone", "key", "date"],
)
def test_what_is_missing_or_cannot_be(tmp_path: Path, text: str, english: str) -> None:
    assert english in refused(write(tmp_path, text)).en


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    error = refused(tmp_path / "sheets-sync.toml")
    for words in (error.he, error.en):
        assert "sheets-sync settings > sheets-sync.toml" in words


@pytest.mark.parametrize("make", ["bytes", "folder"])
def test_a_file_that_cannot_be_read(tmp_path: Path, make: str) -> None:
    file = tmp_path / "sheets-sync.toml"
    file.write_bytes(b"\xff\xfe\x00") if make == "bytes" else file.mkdir()
    refused(file)


@pytest.mark.parametrize(
    ("url", "id"),
    [
        (f"https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing#gid=12&range=A1", ID),
        (f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit", ID),
        (f"https://docs.google.com/spreadsheets/d/{ID}", ID),
        (f"http://127.0.0.1:8081/spreadsheets/d/{ID}/edit", ID),
        (ID, ID),
        (f"https://drive.google.com/drive/folders/{ID}", ""),
        (f"https://docs.google.com/forms/d/{ID}/edit", ""),
        ("https://docs.google.com/spreadsheets/u/0/", ""),
        ("A" * 19, ""),
    ],
)
def test_the_id_in_an_address(url: str, id: str) -> None:
    assert SpreadsheetSettings("main", url).id == id


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, GOOD + '[google]\nkey_file = "keys/a.json"'))
    assert loaded.google.key_file == tmp_path / "keys" / "a.json"
    assert loaded.database.url == f"sqlite:///{tmp_path / 'sheets-sync.db'}"


@pytest.mark.parametrize("url", ["sqlite:////srv/memory.db", "postgresql+psycopg://db/x"])
def test_an_absolute_database_stays(tmp_path: Path, url: str) -> None:
    assert load(write(tmp_path, GOOD + f'[database]\nurl = "{url}"')).database.url == url


def test_rules_are_turned_off_and_changed(tmp_path: Path) -> None:
    text = GOOD + rule("on = false") + "\n" + rule('share = 70\nroles = ["board"]', "budget.nearly_spent")
    loaded = load(write(tmp_path, text))
    assert "budget.overrun" not in {one.key for one in loaded.rules_in_use()}
    assert loaded.changed_params() == {"budget.overrun": {}, "budget.nearly_spent": {"share": 70}}
    assert loaded.roles_of("budget.nearly_spent") == (Role.BOARD,)
    assert loaded.roles_of("budget.overrun") is None


def test_the_main_spreadsheet_is_the_one_of_that_name_else_the_first(tmp_path: Path) -> None:
    two = GOOD.replace('"main"', '"budget"')
    assert load(write(tmp_path, two)).main.name == "budget"
    assert load(write(tmp_path, two + book("main", sheet(OTHER)))).main.id == OTHER


def test_a_secret_stands_in_the_environment_or_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    assert secret("MAIL_PASSWORD", {}) == ""
    assert secret("MAIL_PASSWORD", {"SHEETS_SYNC_MAIL_PASSWORD": "x"}) == "x"
    assert secret("MAIL_PASSWORD", {"SHEETS_SYNC_MAIL_PASSWORD_FILE": str(file)}) == "from a file"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not text"])
def test_a_secret_file_that_cannot_be_read_is_named_and_never_shown(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content:
        file.write_bytes(content)
    with pytest.raises(BadSettings) as caught:
        secret("MAIL_PASSWORD", {"SHEETS_SYNC_MAIL_PASSWORD_FILE": str(file)})
    for words in (caught.value.he, caught.value.en):
        assert "SHEETS_SYNC_MAIL_PASSWORD_FILE" in words
        assert "xff" not in words


def test_a_form_has_one_secret_or_several() -> None:
    assert form_secrets("summer-camp", {"SHEETS_SYNC_FORM_SUMMER_CAMP": "one two"}) == ("one", "two")


def test_a_form_without_a_secret_says_where_it_is_set() -> None:
    with pytest.raises(BadSettings) as caught:
        form_secrets("summer-camp", {})
    for words in (caught.value.he, caught.value.en):
        assert "summer-camp" in words
        assert "SHEETS_SYNC_FORM_SUMMER_CAMP" in words

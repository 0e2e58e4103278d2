import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.names import fold, fold_all, gender_forms, slash_forms, split_year, without_hidden, year_of

SAME = [
    ("יישוב", "ישוב"),
    ("תכנית עבודה", "תוכנית עבודה"),
    ("ועדת תרבות", "וועדת  תרבות"),
    ("בר-אור", "בר אור"),
    ("בר־אור", "בר–אור"),
    ('יו"ר', "יו״ר"),
    ("ג'ודו", "ג׳ודו"),
    ("שָׁלוֹם", "שלום"),
    ("דנה\u00a0כהן", " דנה כהן "),
    ("\u202bדנה\u202c כהן", "דנה כהן\u200f"),
    ("דנה\u200b", "דנה"),
    ("E-Mail", "e mail"),
    ("טלפון *", "טלפון:"),
    ("הגעת?", "הגעת"),
    ("אירוע", "ארוע"),
    ("קרמיקה, קבוצה א׳", "קרמיקה קבוצה א"),
    ("אוכלוסייה", "אוכלוסיה"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_people_mean_as_the_same_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(("one", "other"), [("דן", "דנה"), ("חוג", "חוגים"), ("קבוצה 1", "קבוצה 2"), ("לוי", "לב")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text() | st.text(alphabet='אבגיוש׳"-\n רת')))
def test_folding_many_is_folding_each(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text(alphabet="אבגדיותכנ"), st.sampled_from("\u200b\u200e\u200f\u202a\u202c\u2067\u2069\ufeff'\"׳״"))
def test_hidden_characters_and_quotes_make_no_difference(text: str, mark: str) -> None:
    assert fold(mark + text[:2] + mark + text[2:]) == fold(text)


def test_a_joiner_belongs_to_its_emoji() -> None:
    assert without_hidden("👨\u200d👩 א\u200dב") == "👨\u200d👩 אב"


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("אחראי/ת", ("אחראי", "אחראית")),
        ("אחראי.ת", ("אחראי", "אחראית")),
        ("מדריך/ה", ("מדריך", "מדריכה")),
        ("סגן/ית", ("סגן", "סגנית")),
        ("מדריך(ה)", ("מדריך", "מדריכה")),
        ("מתנדבים/ות", ("מתנדבים", "מתנדבות")),
        ("בעל/ת התפקיד", ("בעל התפקיד", "בעלת התפקיד")),
        ("חבר/ת ועד פעיל/ה", ("חבר ועד פעיל", "חבר ועד פעילה", "חברת ועד פעיל", "חברת ועד פעילה")),
        ("תוכנית/פעילות", ("תוכנית/פעילות",)),
        ("בן/בת", ("בן/בת",)),
        ("א-ה", ("א-ה",)),
    ],
)
def test_gender_endings_are_written_out(text: str, forms: tuple[str, ...]) -> None:
    assert gender_forms(text) == forms


def test_either_or_words_are_read_each_way() -> None:
    assert set(slash_forms("קבוצת תפוצה/מייל")) == {"קבוצת תפוצה", "קבוצת מייל", "מייל"}


@pytest.mark.parametrize(
    ("title", "without", "year"),
    [
        ("תקציב 2026", "תקציב", 2026),
        ("2026/27 חוגים", "חוגים", 2026),
        ("תקציב 2025-2026", "תקציב", 2025),
        ('חוגים תשפ"ז', "חוגים", 2026),
        ("חוגים תשפ״ז", "חוגים", 2026),
        ("חוגים תשפז", "חוגים", 2026),
        ("חוגים התשפ''ח", "חוגים", 2027),
        ('תש"ף', "", 2019),
        ('תשע"ג', "", 2012),
        ("תשלום", "תשלום", None),
        ("תשע קבוצות", "תשע קבוצות", None),
        ("סיכום 12.10.2026", "סיכום 12.10.2026", None),
        ("שלוחה 20261", "שלוחה 20261", None),
        ("חוגים", "חוגים", None),
    ],
)
def test_a_year_or_season_in_a_title(title: str, without: str, year: int | None) -> None:
    assert split_year(title) == (without, year)
    assert year_of(title) == year

"""The people of the invented community: households with adults and children, ways to reach them.

Phones are 04-0xxxxxx: valid by form (phonenumbers says so), and nobody's, since in Israel's numbering plan the number
behind the area code cannot begin with 0. Addresses are of example.org, which RFC 2606 keeps for examples.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from random import Random

from sheets_sync.demo.names import BOYS, GIRLS, NEIGHBOURHOODS, STREETS, SURNAMES

HOUSEHOLDS = 180


@dataclass(frozen=True, slots=True)
class Resident:
    """A person: first and family name, and the year of birth."""

    first: str
    surname: str
    born: int

    @property
    def name(self) -> str:
        """First name and family name."""
        return f"{self.first} {self.surname}"


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives in one house. `number` is from 1 on."""

    number: int
    surname: str
    address: str
    neighbourhood: str
    adults: tuple[Resident, ...]
    children: tuple[Resident, ...]

    @property
    def phone(self) -> str:
        """The phone that one of the adults gives."""
        return phone(1000 + self.number)

    @property
    def email(self) -> str:
        """The address that one of the adults gives."""
        return f"toshav{self.number:03d}@example.org"

    @property
    def together(self) -> str:
        """The adults as people call them: דנה ויואב לוי."""
        return f"{' ו'.join(adult.first for adult in self.adults)} {self.surname}"


def phone(number: int) -> str:
    """A phone that nobody can have; `number` has up to six digits."""
    return f"04-0{number * 7919 % 1_000_000:06d}"


def households(random: Random, year: int) -> list[Household]:
    """The households as they are in a year."""
    surnames = list(chain(SURNAMES, random.choices(SURNAMES, k=HOUSEHOLDS)))[:HOUSEHOLDS]
    random.shuffle(surnames)
    return [_household(random, year, number, surname) for number, surname in enumerate(surnames, start=1)]


def _household(random: Random, year: int, number: int, surname: str) -> Household:
    age = random.randint(28, 62)
    couple = [(random.choice(GIRLS), age), (random.choice(BOYS), age + random.randint(-3, 5))]
    adults = couple if random.random() < 0.88 else [random.choice(couple)]
    return Household(
        number,
        surname,
        f"{random.choice(STREETS)} {number % 40 + 1}",
        random.choice(NEIGHBOURHOODS),
        tuple(Resident(first, surname, year - years) for first, years in adults),
        tuple(_children(random, year, surname, age)),
    )


def _children(random: Random, year: int, surname: str, parent: int) -> Iterator[Resident]:
    """Children at home: those born when the parent was 25 to 42, and still under 18."""
    firsts = random.sample(GIRLS, 3) + random.sample(BOYS, 3)
    ages = sorted({parent - random.randint(25, 42) for _ in range(random.choice((3, 4, 5, 6)))})
    for first, age in zip(random.sample(firsts, 6), ages, strict=False):
        if 0 < age < 18:
            yield Resident(first, surname, year - age)

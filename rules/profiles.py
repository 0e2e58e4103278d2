"""The two posts the domain serves: which tables each opens, who stands where another post has a secretary or board."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.catalogue import TABLES
from rules.finding import Role
from rules.table import TableSpec


@dataclass(frozen=True)
class Profile:
    """A post. `closed` tables are not opened by `init`; a tab of one is read all the same where people keep it.

    `heirs` are the roles that hear in the stead of a role that is not there; `roles` are rules' own roles changed.
    """

    key: str
    hebrew: str
    english: str
    closed: frozenset[str] = frozenset()
    heirs: Mapping[Role, tuple[Role, ...]] = field(default_factory=dict)
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[TableSpec, ...]:
        """The tables it opens, in their order."""
        return tuple(spec for spec in TABLES if spec.key not in self.closed)

    def heard_by(self, rule: str, roles: Iterable[Role]) -> tuple[Role, ...]:
        """Who hears of a rule's finding in this post, each once; what the rule says of others stays."""
        if rule in self.roles:
            return self.roles[rule]
        return tuple(dict.fromkeys(heir for role in roles for heir in self.heirs.get(role, (role,))))


COMMUNITY = Profile("community", "רכז/ת קהילה", "community coordinator", closed=frozenset({"partners", "hours"}))
SUSTAINABILITY = Profile(
    "sustainability",
    "רכז/ת קיימות שכונתית",
    "neighbourhood sustainability coordinator",
    closed=frozenset({"families", "followups", "emergency", "drills", "welfare", "responses", "youth"}),
    heirs={
        Role.SECRETARY: (Role.CENTER_MANAGER, Role.AREA_MANAGER),
        Role.BOARD: (Role.AREA_MANAGER,),
    },
    roles={"plan.unapproved": (Role.AREA_MANAGER,)},
)
PROFILES: Mapping[str, Profile] = {profile.key: profile for profile in (COMMUNITY, SUSTAINABILITY)}

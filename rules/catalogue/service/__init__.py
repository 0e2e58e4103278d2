"""What the service cannot do by itself: files it cannot read, answers it cannot place, people it cannot reach."""

from rules.catalogue.service.upkeep import columns, intake, no_recipient, unreadable
from rules.rule import Rule

RULES: tuple[Rule, ...] = (unreadable, columns, intake, no_recipient)

"""What every section of the settings file has in common."""

from msgspec import Struct


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the settings file; an unknown setting in it is an error."""

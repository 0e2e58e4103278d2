"""What can go wrong for a person, in words: one exception the edges turn into a message and an exit status."""

from rules.wording import Language


class Trouble(Exception):
    """Something a person can mend: what, where and what next, in Hebrew and in English.

    `status` is the exit status of the command that met it: 2 for settings, 3 for Google, 4 for the database.
    """

    status = 1

    def __init__(self, he: str, en: str) -> None:
        super().__init__(en)
        self.he = he
        self.en = en

    def words(self, language: Language) -> str:
        """The message in one language."""
        return self.he if language == "he" else self.en


class BadSettings(Trouble):
    """The settings file, or a secret it names, cannot be used."""

    status = 2


class GoogleTrouble(Trouble):
    """Google did not do what was asked; the kinds are below."""

    status = 3


class Unshared(GoogleTrouble):
    """A spreadsheet is not shared with the service account (403)."""


class NotFound(GoogleTrouble):
    """There is no such spreadsheet (404)."""


class BadCredentials(GoogleTrouble):
    """The key file is missing, broken, or refused by Google."""


class Unavailable(GoogleTrouble):
    """Google is busy or out of reach, and nothing was changed; try again later."""


class Unclear(GoogleTrouble):
    """A write was sent and its answer was lost: it may or may not have been applied. Look before sending again."""


class Refused(GoogleTrouble):
    """Google refused a request as wrong (400); nothing was applied."""


class Protected(Refused):
    """A person protected a cell or tab that the request would change, and did not list the service account."""


class Full(Refused):
    """The spreadsheet is at Google's limit of 10 million cells."""


class LeaseHeld(Trouble):
    """Another pass over the same community is under way."""

    status = 4

"""A pass's letters as messages for the outbox: worded and rendered. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rules.finding import Role
from rules.lifecycle import Transition
from rules.wording import Language, isolate
from sheets_sync.alerts_tab import link_of
from sheets_sync.config import Settings
from sheets_sync.edits import address
from sheets_sync.look import Picture
from sheets_sync.notify.message import PIERCING, Message
from sheets_sync.render import Item, render_mail
from sheets_sync.telling import Letter, Post

MAIL = "mail"
"""The name of the channel."""

INSTEAD: Mapping[Language, str] = {
    "he": "ההודעה מגיעה לכאן במקום אל {}: עוד לא נמצאה לשם כתובת בלשונית אנשי הקשר.",
    "en": "This comes to you instead of {}: no address was found for it in the tab of people.",
}


def messages(post: Post, picture: Picture, settings: Settings) -> Iterator[Message]:
    """A message a letter."""
    return (_message(letter, picture, settings) for letter in post.letters)


def _message(letter: Letter, picture: Picture, settings: Settings) -> Message:
    language = letter.recipient.language
    mail = render_mail(
        language,
        [_item(step, picture, settings, language, letter.instead.get(step.alert.id, ())) for step in letter.news],
        closed=[_closed(step, picture, language) for step in letter.closed if step.alert.rule in picture.rules],
        alerts_link=_alerts_link(picture, settings),
        community=settings.community.name,
    )
    community, to = settings.community.key, letter.recipient.address
    pierces = all(step.alert.rule in settings.clock.pierce for step in letter.news)
    return Message(
        community, f"{PIERCING if pierces else ''}{letter.key}", MAIL, to, mail.subject, mail.text, mail.html
    )


def _item(
    step: Transition, picture: Picture, settings: Settings, language: Language, absent: Iterable[Role] = ()
) -> Item:
    finding = step.finding
    if finding is None:
        raise ValueError(f"alert {step.alert.id} is told without a finding")
    text = picture.rules[finding.rule].wording[finding.variant].render(finding.figures, language)
    if names := sorted(role.hebrew if language == "he" else role.english for role in absent):
        text = replace(text, body=f"{text.body} {INSTEAD[language].format(isolate(', '.join(names)))}".strip())
    link = link_of(finding, picture, settings.google.base_url)
    return Item(finding.severity, text, link.url if link else "")


def _closed(step: Transition, picture: Picture, language: Language) -> str:
    """What closed, by its rule and subject."""
    rule = picture.rules[step.alert.rule]
    return f"{rule.hebrew if language == 'he' else rule.english}: {step.alert.key}"


def _alerts_link(picture: Picture, settings: Settings) -> str:
    tab = picture.tabs.get("alerts")
    return address(tab.place, base_url=settings.google.base_url) if tab else ""

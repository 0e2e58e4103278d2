"""A pass's letters as messages for the outbox: worded and rendered. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rules.finding import Severity
from rules.lifecycle import Transition
from rules.rule import Rule
from rules.wording import Language, Text, isolate
from sheets_sync.config import Settings
from sheets_sync.look import Picture
from sheets_sync.notify.message import PIERCING, Message
from sheets_sync.tabs.alerts_tab import link_of
from sheets_sync.telling.digest_words import WORDS, counted, dated, open_line, week_subject
from sheets_sync.telling.letter import Kind, Letter, Post, due_day
from sheets_sync.telling.render import SHOWN, Item, Line, render_mail
from sheets_sync.writing.edits import address

MAIL = "mail"
"""The name of the channel."""

INSTEAD: Mapping[Language, str] = {
    "he": "ההודעה מגיעה לכאן במקום אל {}: עוד לא נמצאה לשם כתובת בלשונית אנשי הקשר.",
    "en": "This comes to you instead of {}: no address was found for it in the tab of people.",
}


MANY = "many"
"""The variant of a rule's wording that tells of several findings at once."""

TOGETHER = 3
"""So many findings of one rule are told as one group."""


def messages(post: Post, picture: Picture, settings: Settings) -> Iterator[Message]:
    """A message a letter."""
    return (_message(letter, picture, settings) for letter in post.letters)


def _message(letter: Letter, picture: Picture, settings: Settings) -> Message:
    language, name = letter.recipient.language, settings.community.name
    link = _alerts_link(picture, settings)
    mail = render_mail(
        language,
        _items(letter, picture, settings),
        closed=[_closed(step, picture, language) for step in letter.closed if step.alert.rule in picture.rules],
        alerts_link=link,
        community=name,
        intro=_intro(letter, picture, settings, link),
        subject=_subject(letter, name),
    )
    community, to = settings.community.key, letter.recipient.address
    pierces = bool(letter.news) and all(step.alert.rule in settings.clock.pierce for step in letter.news)
    return Message(
        community, f"{PIERCING if pierces else ''}{letter.key}", MAIL, to, mail.subject, mail.text, mail.html
    )


def _subject(letter: Letter, community: str) -> str:
    """The subject of a letter that is about more than its items; '' for others."""
    language = letter.recipient.language
    if letter.week is not None:
        return week_subject(language, letter.week.open, community)
    if letter.kind is Kind.START:
        return counted(WORDS[language].start_subject, letter.found, language, community=community or None)
    return ""


def _intro(letter: Letter, picture: Picture, settings: Settings, alerts: str) -> list[Line]:
    """What stands above the items: the week's picture, or what the first reading found."""
    language, words = letter.recipient.language, WORDS[letter.recipient.language]
    if letter.kind is Kind.START:
        lines = [Line(counted(words.start, letter.found, language)), Line(words.start_list, alerts)]
        return [*lines, Line(counted(words.start_urgent, len(letter.news), language))] if letter.news else lines
    if letter.week is None:
        return []
    due = [
        Line(dated(day, _text(step, picture, language).title, language), _link(step, picture, settings))
        for step in letter.week.due[:SHOWN]
        if (day := due_day(step))
    ]
    return [
        Line(open_line(language, letter.week.open), alerts),
        Line(counted(words.due, len(letter.week.due), language)),
        *due,
        Line(counted(words.new, len(letter.news), language)),
    ]


def _items(letter: Letter, picture: Picture, settings: Settings) -> list[Item]:
    """The news, most pressing first; many findings of one rule stand together."""
    groups: dict[str, list[Transition]] = {}
    for step in letter.news:
        groups.setdefault(step.alert.rule, []).append(step)
    items: list[Item] = []
    for steps in groups.values():
        if len(steps) >= TOGETHER:
            items.append(_group(steps, letter, picture, settings))
        else:
            items += (_item(step, letter, picture, settings) for step in steps)
    return items


def _item(step: Transition, letter: Letter, picture: Picture, settings: Settings) -> Item:
    language = letter.recipient.language
    text = _text(step, picture, language)
    text = replace(text, body=f"{text.body} {_instead([step], letter)}".strip())
    return Item(step.alert.severity, text, _link(step, picture, settings))


def _group(steps: Sequence[Transition], letter: Letter, picture: Picture, settings: Settings) -> Item:
    """Several findings of one rule: how many, a line each, and the next step where it is one for all."""
    language = letter.recipient.language
    texts = [_text(step, picture, language) for step in steps]
    rows = tuple(Line(text.title, _link(step, picture, settings)) for text, step in zip(texts, steps, strict=True))
    next_steps = {text.next_step for text in texts}
    text = Text(
        _title(picture.rules[steps[0].alert.rule], len(steps), language),
        _instead(steps, letter),
        next_steps.pop() if len(next_steps) == 1 else "",
    )
    urgent = sum(step.alert.severity is Severity.URGENT for step in steps)
    return Item(max(step.alert.severity for step in steps), text, rows=rows, urgent=urgent)


def _title(rule: Rule, n: int, language: Language) -> str:
    """The words of many findings: the rule's own, else its name with their number."""
    if MANY in rule.wording:
        return rule.wording[MANY].render({"n": n}, language).title
    name = rule.hebrew if language == "he" else rule.english
    return counted(WORDS[language].group, n, language, name=name)


def _text(step: Transition, picture: Picture, language: Language) -> Text:
    finding = step.finding
    if finding is None:
        raise ValueError(f"alert {step.alert.id} is told without a finding")
    return picture.rules[finding.rule].wording[finding.variant].render(finding.figures, language)


def _instead(steps: Iterable[Transition], letter: Letter) -> str:
    """That this person is told in the stead of others; '' where it is not so."""
    language = letter.recipient.language
    absent = {role for step in steps for role in letter.instead.get(step.alert.id, ())}
    names = sorted(role.hebrew if language == "he" else role.english for role in absent)
    return INSTEAD[language].format(isolate(", ".join(names))) if names else ""


def _link(step: Transition, picture: Picture, settings: Settings) -> str:
    link = link_of(step.finding, picture, settings.google.base_url) if step.finding else None
    return link.url if link else ""


def _closed(step: Transition, picture: Picture, language: Language) -> str:
    """What closed, by its rule and subject."""
    rule = picture.rules[step.alert.rule]
    return f"{rule.hebrew if language == 'he' else rule.english}: {step.alert.key}"


def _alerts_link(picture: Picture, settings: Settings) -> str:
    tab = picture.tabs.get("alerts")
    return address(tab.place, base_url=settings.google.base_url) if tab else ""

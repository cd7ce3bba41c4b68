"""Writing recorded conversations, so that reading gives the same again and people like to read them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import yaml

from otn_studio.blocks.duration import UNITS
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.words import Problem
from otn_studio.checks.conversations import reading, script, values
from otn_studio.checks.conversations.nodes import Node
from otn_studio.checks.conversations.script import Conversation, Expected, Facts, Given, Script
from otn_studio.checks.conversations.tapping import Address
from otn_studio.policy.profiles import DEFAULT

_FIRST_ENTRY: Final = re.compile(r"^conversations:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)- ", re.M)
ZERO: Final = timedelta(0)
_MARKS: Final = ("!", "?")


def to_text(written: Script) -> str:
    """A whole file."""
    beside = {"beside": _Row(written.beside)} if written.beside else {}
    entries = "\n".join(_entry(one, "  ") for one in written.conversations)
    return f"{_dumped(beside) if beside else ''}conversations:\n{entries}"


def with_one_more(text: str, conversation: Conversation, beside: Sequence[str] = ()) -> str:
    """A file with one more conversation at its end; whatever else stands there stays as it is.

    Raises:
        Problem: it can't be read, or nothing can be put at its end.
    """
    before = reading.from_text(text)
    if missing := [name for name in beside if name not in before.beside]:
        raise Problem(
            "The flow’s tests don’t know of “{file}”, which this conversation needs."
            " Write “beside: {file}” at the top of their file first.",
            file=missing[0],
        )
    found = _FIRST_ENTRY.search(text)
    added = f"{text.rstrip()}\n\n{_entry(conversation, found[1] if found else '  ')}"
    try:
        after = reading.from_text(added)
    except reading.Unreadable:
        after = before
    if len(after.conversations) != len(before.conversations) + 1:
        raise Problem("The flow’s tests are written so that none can be added at their end.")
    return added


def _entry(conversation: Conversation, indent: str) -> str:
    """One conversation as an entry of the list."""
    given = _given(conversation.given)
    data = {
        "name": conversation.name,
        **({"given": given} if given else {}),
        "steps": [_step(step, conversation.given.zone) for step in conversation.steps],
    }
    lines = _dumped([data]).splitlines()
    return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


def _given(given: Given) -> dict[str, Any]:
    plain = Given()
    parts: dict[str, Any] = {}
    if given.now != plain.now or given.zone != plain.zone:
        parts["now"] = _instant(given.now, given.zone)
    if given.zone != plain.zone:
        parts["zone"] = str(given.zone)
    if given.rules != DEFAULT:
        parts["rules"] = given.rules
    if given.country:
        parts["country"] = given.country
    for name in ("fields", "page"):
        if kept := getattr(given, name):
            parts[name] = dict(kept)
    if given.tags:
        parts["tags"] = _Row(given.tags)
    if given.permissions:
        parts["permissions"] = {topic: _length(ago) for topic, ago in given.permissions.items()}
    if given.wrote is not None:
        parts["wrote"] = _length(given.wrote)
    if given.answers:
        parts["answers"] = {block: _answer(one) for block, one in given.answers.items()}
    return parts


def _step(step: script.Step, zone: ZoneInfo) -> dict[str, Any]:
    match step:
        case script.Me(text=text):
            return {"me": text}
        case script.TapOn(address=address):
            return {"tap": _address(address)}
        case script.Yes(address=address):
            return {_Word("yes"): _address(address)}
        case script.React(emoji=emoji):
            return {"react": emoji}
        case script.Agree(topic=topic):
            return {"agree": topic}
        case script.ChangeOfMind(topic=topic, stops=stops):
            return {"stop" if stops else "resume": topic}
        case script.Announce(topic=topic):
            return {"announce": topic}
        case script.Start(block=block):
            return {"start": block}
        case script.Advance(time=timedelta() as time):
            return {"advance": _length(time)}
        case script.Advance(time=datetime() as time):
            return {"advance": _instant(time, zone)}
        case script.Bot(messages=messages):
            said = [_expected(message) for message in messages]
            is_one_text = len(said) == 1 and isinstance(said[0], str) and said[0]
            return {"bot": said[0] if is_one_text else said}
        case Facts():
            return {"expect": _facts(step)}
    raise TypeError(step)


def _address(address: Address) -> str | dict[str, str]:
    more = {"block": address.block} if address.block else {}
    if address.number:
        more["number"] = str(address.number)
    return {"title": address.title, **more} if more or not address.title.strip() else address.title


def _expected(expected: Expected) -> str | dict[str, Any]:
    marks = {tone: mark for mark, tone in reading.TONES.items()}
    text = marks.get(expected.tone, "") + expected.text
    if expected.buttons is None:
        return text
    return {"text": text, "buttons": _Row(expected.buttons)}


def said_as(text: str) -> str:
    """What is expected of a text that came: its first letter may be one that has a meaning.

    >>> said_as("?!"), said_as("Hello!")
    ('*!', 'Hello!')
    """
    return f"*{text[1:]}" if text.startswith(_MARKS) else text


def _facts(facts: Facts) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for name in ("fields", "page"):
        if wanted := getattr(facts, name):
            parts[name] = dict(wanted)
    if facts.tags:
        parts["tags"] = _Row(tag if worn else f"!{tag}" for tag, worn in facts.tags.items())
    if facts.permissions:
        parts["permissions"] = {topic: _yes_no(can) for topic, can in facts.permissions.items()}
    if facts.told is not None:
        parts["told"] = _Row(facts.told)
    if facts.handed_over is not None:
        parts["handed_over"] = _yes_no(facts.handed_over)
    return parts


def _answer(answer: Fetched) -> dict[str, str]:
    parts = {"status": str(answer.status)} if answer.status is not None else {}
    parts |= {"body": answer.body} if answer.body else {}
    return parts | ({"late": _Word("yes")} if answer.late else {})


def _length(time: timedelta) -> str:
    """In its largest whole unit, minutes at least; what is shorter is none.

    >>> _length(timedelta(days=3)), _length(timedelta(hours=25)), _length(timedelta(minutes=1))
    ('3 days', '25 hours', '1 minute')
    """
    fitting = (unit for unit, length in reversed(UNITS.items()) if time and time % length == ZERO)
    unit = next(fitting, "minute")
    amount = time // UNITS[unit]
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def _instant(at: datetime, zone: ZoneInfo) -> str:
    """On the clock there, where that is clear and whole; else by the one that all clocks go by."""
    text = f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    if values.instant(Node(1, text), zone) == at:
        return text
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}"


def _yes_no(is_so: bool) -> str:
    return _Word("yes" if is_so else "no")


class _Word(str):
    """A *yes* or *no* that stands without quotes."""

    __slots__ = ()


class _Row(list[str]):
    """A list that stands in one line."""


class _Dumper(yaml.SafeDumper):
    """Puts entries of a list further in than what they belong to."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, True)
)
_Dumper.add_multi_representer(str, _Dumper.represent_str)
_Dumper.add_representer(
    _Word, lambda dumper, word: dumper.represent_scalar("tag:yaml.org,2002:bool", word)
)


def _dumped(data: Mapping[str, Any] | Sequence[Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)

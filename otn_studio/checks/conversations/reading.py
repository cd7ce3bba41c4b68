"""Reading recorded conversations. The file stands beside its flow: ``name.json``, ``name.test.yaml``.

In the spirit of BotiumScript: ``me`` writes, ``bot`` answers; of what the bot says, ``!`` before a text
says that it does not come, ``?`` that it may or may not, and ``*`` stands for anything. ``tap`` and
``yes`` name a title, and where several have it the ``block`` and the ``number`` there; ``start`` names
any block, ``agree`` a topic that was agreed to elsewhere.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from otn_studio.blocks.event import Fetched
from otn_studio.checks.conversations import nodes, values
from otn_studio.checks.conversations.nodes import Node, Unreadable, refuse
from otn_studio.checks.conversations.script import (
    A_MONDAY,
    Advance,
    Agree,
    Announce,
    Bot,
    ChangeOfMind,
    Conversation,
    Expected,
    Facts,
    Given,
    Me,
    React,
    Script,
    Start,
    Step,
    TapOn,
    Tone,
    Yes,
)
from otn_studio.checks.conversations.tapping import Address
from otn_studio.policy.profiles import DEFAULT, PROFILES

FLOW: Final = ".json"
ENDING: Final = ".test.yaml"
TONES: Final = {"!": Tone.NOT_SAID, "?": Tone.MAYBE}
_GIVEN: Final = (
    *("now", "zone", "rules", "country", "fields", "tags"),
    *("page", "permissions", "wrote", "answers"),
)
_FACTS: Final = ("fields", "tags", "page", "permissions", "told", "handed_over")


def path_beside(flow: Path) -> Path:
    """Where the conversations of a flow stand.

    >>> path_beside(Path("flows/survey.json")).name
    'survey.test.yaml'
    """
    return flow.with_name(flow.stem + ENDING)


def flow_of(tests: Path) -> Path:
    """The flow beside which such a file stands.

    >>> flow_of(Path("flows/survey.test.yaml")).name
    'survey.json'
    """
    return tests.with_name(tests.name.removesuffix(ENDING) + FLOW)


def load(path: Path) -> Script:
    """Read a file of conversations.

    Raises:
        Unreadable: it can't be opened, or holds something else.
    """
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("The file is not a text in UTF-8.") from error
    except OSError as error:
        raise Unreadable("The file can’t be opened: {problem}.", problem=error.strerror) from error


def from_text(text: str) -> Script:
    """Read conversations from their text.

    Raises:
        Unreadable: they can't be read; it says in which line.
    """
    root = nodes.read(text)
    parts = root.parts(("beside", "conversations"))
    beside = tuple(_file(node) for node in parts["beside"].all()) if "beside" in parts else ()
    if "conversations" not in parts:
        refuse(root.line, "There is no “conversations” in this file.")
    return Script(beside, tuple(_conversation(node) for node in parts["conversations"].all()))


def _file(node: Node) -> str:
    name = node.text()
    if not name or Path(name).name != name:
        refuse(node.line, "Name a file in the same folder here, such as “course.json”.")
    return name


def _conversation(node: Node) -> Conversation:
    parts = node.parts(("name", "given", "steps"))
    for needed in ("name", "steps"):
        if needed not in parts:
            refuse(node.line, "This conversation has no “{part}”.", part=needed)
    given = _given(parts["given"]) if "given" in parts else Given(node.line)
    steps = tuple(_step(step, given.zone) for step in parts["steps"].all())
    return Conversation(node.line, parts["name"].text(), given, steps)


def _given(node: Node) -> Given:
    parts = node.parts(_GIVEN)
    zone = values.zone(parts["zone"]) if "zone" in parts else ZoneInfo("UTC")
    permissions = _mapping(parts, "permissions")
    return Given(
        node.line,
        values.instant(parts["now"], zone) if "now" in parts else A_MONDAY,
        zone,
        values.one_of(parts["rules"], tuple(PROFILES)) if "rules" in parts else DEFAULT,
        parts["country"].text() if "country" in parts else "",
        _texts(parts, "fields"),
        _list(parts, "tags"),
        _texts(parts, "page"),
        {topic: values.length(ago) for topic, ago in permissions.items()},
        values.length(parts["wrote"]) if "wrote" in parts else None,
        {block: _answer(said) for block, said in _mapping(parts, "answers").items()},
    )


def _step(node: Node, zone: ZoneInfo) -> Step:
    name, value = node.one((*_SIMPLE, "tap", "yes", "advance", "bot", "expect"))
    line = node.line
    match name:
        case "advance":
            text = value.text()
            is_length = values.SHORT.fullmatch(text) or not text[:4].isdecimal()
            return Advance(line, values.length(value) if is_length else values.instant(value, zone))
        case "bot":
            return Bot(line, tuple(_expected(message) for message in value.all()))
        case "expect":
            return _facts(value)
        case "tap":
            return TapOn(line, _address(value))
        case "yes":
            return Yes(line, _address(value))
    text = value.text()
    if not text.strip():
        refuse(line, "Something has to stand after “{name}:”.", name=name)
    return _SIMPLE[name](line, text)


def _address(node: Node) -> Address:
    """What to tap: by its title alone, or with the block that said it, and which of several there."""
    if isinstance(node.value, str):
        return Address(node.value)
    parts = node.parts(("title", "block", "number"))
    if "title" not in parts:
        refuse(node.line, "Say the title of what is to be tapped here.")
    number = parts["number"].text() if "number" in parts else "0"
    if not number.isdecimal() or len(number) > 3:
        refuse(parts["number"].line, "A number stands here that counts from 1.")
    block = parts["block"].text() if "block" in parts else ""
    return Address(parts["title"].text(), block, int(number))


_SIMPLE: Final[Mapping[str, Callable[[int, str], Step]]] = {
    "me": Me,
    "react": React,
    "agree": Agree,
    "stop": lambda line, topic: ChangeOfMind(line, topic, True),
    "resume": lambda line, topic: ChangeOfMind(line, topic, False),
    "announce": Announce,
    "start": Start,
}


def _expected(node: Node) -> Expected:
    if isinstance(node.value, str):
        text, buttons = node.value, None
    else:
        parts = node.parts(("text", "buttons"))
        text = parts["text"].text() if "text" in parts else "*"
        buttons = _list(parts, "buttons") if "buttons" in parts else None
    tone = TONES.get(text[:1], Tone.SAID)
    return Expected(node.line, text if tone is Tone.SAID else text[1:].strip(), buttons, tone)


def _facts(node: Node) -> Facts:
    parts = node.parts(_FACTS)
    return Facts(
        node.line,
        _texts(parts, "fields"),
        {tag.removeprefix("!").strip(): not tag.startswith("!") for tag in _list(parts, "tags")},
        _texts(parts, "page"),
        {topic: values.yes_no(can) for topic, can in _mapping(parts, "permissions").items()},
        _list(parts, "told") if "told" in parts else None,
        values.yes_no(parts["handed_over"]) if "handed_over" in parts else None,
    )


def _answer(node: Node) -> Fetched:
    parts = node.parts(("status", "body", "late"))
    status = parts["status"].text() if "status" in parts else ""
    if status and not (status.isdecimal() and 100 <= int(status) <= 599):
        refuse(parts["status"].line, "A status is a number from 100 to 599, such as 200.")
    late = "late" in parts and values.yes_no(parts["late"])
    body = parts["body"].text() if "body" in parts else ""
    return Fetched(A_MONDAY, 0, int(status) if status else None, body, late=late)


def _mapping(parts: Mapping[str, Node], name: str) -> Mapping[str, Node]:
    return parts[name].parts() if name in parts else {}


def _texts(parts: Mapping[str, Node], name: str) -> dict[str, str]:
    return {key: node.text() for key, node in _mapping(parts, name).items()}


def _list(parts: Mapping[str, Node], name: str) -> tuple[str, ...]:
    return tuple(node.text() for node in parts[name].all()) if name in parts else ()

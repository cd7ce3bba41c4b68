"""Texts of Twilio Studio, which are Liquid as ours are, but call what they fill in differently."""

import re
from collections.abc import Iterator
from typing import Any, Final

from otn_studio.blocks import liquid
from otn_studio.blocks.liquid import BrokenText
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making
from otn_studio.exchange.twilio.definition import Definition, Widget

_PATH = r"(?:flow|widgets|trigger|contact)(?:\.[\w-]+|\[[^\]{}]*\])+"
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED_OR_PATH: Final = re.compile(rf"\"[^\"]*\"|'[^']*'|(?<![\w.]){_PATH}")
_ONLY_PATH: Final = re.compile(rf"\s*\{{\{{-?\s*({_PATH})\s*-?\}}\}}\s*")
_PARSED: Final = re.compile(r"\bwidgets\.([\w-]+)\.parsed((?:\.[\w-]+|\[[^\]{}]*\])+)")
_INBOUND: Final = frozenset({"inbound.Body", "inbound.body", "inbound_message.body"})
TRIGGER: Final = "trigger.message.Body"


class Texts:
    """Brings the texts of one flow into ours, and its fields along."""

    def __init__(self, definition: Definition, making: Making) -> None:
        self._definition = definition
        self._making = making
        self.filled: set[str] = set()
        """The fields that something of the flow fills in."""
        for widget in definition.widgets:
            for key in _keys_set(widget):
                self.filled.add(self.variable(key))

    def variable(self, name: str) -> str:
        """The field that holds one of the flow's variables."""
        return self._making.field(name, name)

    def reply(self, widget: str) -> str:
        """The field that holds what was replied to a widget."""
        key = self._making.field(f"reply_{widget}", f"Reply to {widget}")
        self.filled.add(key)
        return key

    def parsed(self, widget: str) -> Iterator[tuple[str, str]]:
        """What the flow uses of the answer that a request gets: the way to it, and its field."""
        used = {
            path
            for text in _texts(self._definition)
            for name, path in _PARSED.findall(text)
            if name == widget
        }
        for path in sorted(used):
            key = self._making.field(f"{widget}{path}", f"{widget}{path}")
            self.filled.add(key)
            yield f"${path}", key

    def field_of(self, text: str) -> str | None:
        """The field that a text consists of, if it is nothing else."""
        found = _ONLY_PATH.fullmatch(text)
        return self._key(found[1]) if found else None

    def ours(self, text: str, notes: list[Words]) -> str:
        """The text for us; what is not quite the same goes to ``notes``."""
        missing: dict[str, None] = {}

        def replaced(found: re.Match[str]) -> str:
            if found[0][0] in "\"'":
                return found[0]
            key = self._key(found[0])
            if key not in self.filled:
                missing[found[0]] = None
            return f"contact.{key}"

        made = _TAG.sub(lambda tag: _QUOTED_OR_PATH.sub(replaced, tag[0]), text)
        for path in missing:
            notes.append(
                Words("“{path}” is a field here, which nothing of this flow fills in.", path=path)
            )
        try:
            liquid.parse(made)
        except BrokenText as problem:
            words = Words(
                "“{text}” can’t be filled in here: {problem}.", text=text[:60], problem=str(problem)
            )
            notes.append(words)
        return made

    def _key(self, path: str) -> str:
        root, _, rest = path.partition(".")
        widget, _, of_widget = rest.partition(".")
        if root == "widgets" and of_widget in _INBOUND:
            return self._making.field(f"reply_{widget}", f"Reply to {widget}")
        if root == "widgets" and of_widget.startswith("parsed"):
            known = of_widget.removeprefix("parsed")
            return self._making.field(f"{widget}{known}", f"{widget}{known}")
        source = self._definition.named(widget)
        if root == "widgets" and source is not None and source.type == "set-variables":
            return self.variable(of_widget)
        if root == "flow" and widget in ("variables", "data"):
            return self.variable(of_widget)
        return self._making.field(path, path)


def _keys_set(widget: Widget) -> Iterator[str]:
    variables = widget.properties.get("variables")
    for variable in variables if isinstance(variables, list) else ():
        if isinstance(variable, dict) and isinstance(variable.get("key"), str):
            yield variable["key"]


def _texts(definition: Definition) -> Iterator[str]:
    """Every text of every widget."""
    waiting: list[Any] = [
        (widget.properties, [t.conditions for t in widget.transitions])
        for widget in definition.widgets
    ]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as values:
                waiting.extend(values.values())
            case list() | tuple() as values:
                waiting.extend(values)

"""The parts of a YAML file, each with its line; whatever is not as it should be is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Never

import yaml

from otn_studio.blocks.words import Problem

SIZE_LIMIT: Final = 1024 * 1024
DEPTH_LIMIT: Final = 20


class Unreadable(Problem):
    """A file that holds no recorded conversations."""


def refuse(line: int, text: str, /, **values: Any) -> Never:
    raise Unreadable("Line {line}: {problem}", line=line, problem=Problem(text, **values).words)


@dataclass(frozen=True, slots=True)
class Node:
    """One part: all that is no list and has no parts of its own is a text, as it was written."""

    line: int
    value: "str | Sequence[Node] | Mapping[str, Node]"

    def text(self) -> str:
        if not isinstance(self.value, str):
            refuse(self.line, "Write a single text here.")
        return self.value

    def all(self) -> Sequence["Node"]:
        """The entries of a list; a single entry is a list of one, and nothing at all of none."""
        if isinstance(self.value, str | Mapping):
            return [self] if self.value else []
        return self.value

    def parts(self, known: Collection[str] = ()) -> Mapping[str, "Node"]:
        """The parts by their names, which are among those ``known``, if any are said."""
        if not isinstance(self.value, Mapping):
            refuse(self.line, "Write parts here, such as “name: Ann”.")
        for name, node in self.value.items():
            if known and name not in known:
                refuse(
                    node.line,
                    "“{name}” is not known here. Write one of: {known}. A text with a colon in it"
                    " stands in quotes.",
                    name=name,
                    known=", ".join(known),
                )
        return self.value

    def one(self, known: Collection[str]) -> tuple[str, "Node"]:
        """The name and the value of the only part."""
        parts = self.parts(known)
        if len(parts) != 1:
            refuse(self.line, "Write one of these here: {known}.", known=", ".join(known))
        return next(iter(parts.items()))


def read(text: str) -> Node:
    """Read a YAML document.

    Raises:
        Unreadable: it is too large, no YAML, or uses what no conversation needs.
    """
    if len(text) > SIZE_LIMIT:
        raise Unreadable("The file is too large to hold recorded conversations.")
    try:
        return _node(yaml.compose(text, Loader=_Loader), 0)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        refuse(
            mark.line + 1 if mark else 1,
            "This is not YAML: {problem}. A text that begins with “!”, “*” or “{{” stands in quotes.",
            problem=getattr(error, "problem", None) or str(error),
        )


class _Loader(yaml.BaseLoader):
    """Refuses references before any of them can blow up, and depth before the stack ends."""

    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            refuse(
                self.peek_event().start_mark.line + 1,
                "References within the file are not known here. A text that begins with “*” stands"
                " in quotes.",
            )
        if self._depth > DEPTH_LIMIT:
            refuse(self.peek_event().start_mark.line + 1, "This is nested too deeply.")
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _node(node: yaml.Node | None, line: int) -> Node:
    if node is None:
        return Node(1, "")
    line = node.start_mark.line + 1
    if not node.tag.startswith("tag:yaml.org,2002:"):
        refuse(line, "A text that begins with “!” stands in quotes.")
    match node:
        case yaml.SequenceNode():
            return Node(line, [_node(entry, line) for entry in node.value])
        case yaml.MappingNode():
            return Node(line, _mapping(node))
    return Node(line, node.value)


def _mapping(node: yaml.MappingNode) -> Mapping[str, Node]:
    found: dict[str, Node] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            refuse(line, "A text that begins with “?” or “{{” stands in quotes.")
        if key.value in found:
            refuse(line, "“{name}” is there twice. Remove one.", name=key.value)
        found[key.value] = Node(line, _node(value, line).value)
    return found

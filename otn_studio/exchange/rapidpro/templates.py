"""Liquid as RapidPro's expressions, as far as they go."""

from collections.abc import Iterable
from typing import Any, Final

from liquid import Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.logical import (
    BooleanExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
)
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.capture_tag import CaptureNode
from liquid.builtin.tags.if_tag import IfNode

from otn_studio.blocks import liquid
from otn_studio.blocks.liquid import BrokenText
from otn_studio.exchange.rapidpro.functions import FILTERS, PATTERNS, UNITS, Untranslatable

SIGNS: Final = {
    EqExpression: "=",
    NeExpression: "!=",
    LtExpression: "<",
    LeExpression: "<=",
    GtExpression: ">",
    GeExpression: ">=",
}
COUNTING: Final = {"plus": "+", "minus": "-", "times": "*", "divided_by": "/"}
FUNCTIONS: Final = {
    **{filter: name for name, filter in reversed(FILTERS.items())},
    "modulo": "mod",
    "at_least": "max",
    "at_most": "min",
}
OWN: Final = {
    "first_name": "contact.first_name",
    "name": "contact.name",
    "locale": "contact.language",
    "time_zone": "contact.timezone",
    "first_seen": "contact.created_on",
    "last_answer": "contact.last_seen_on",
}
_PLUS: Final = {f"plus_{unit}": sign.upper() for sign, unit in UNITS.items() if len(sign) == 1}
_PATTERNS: Final = {liquid: theirs for theirs, liquid in reversed(PATTERNS)}


def known_as(key: str, of_page: bool = False) -> str:
    """What a field is called in an expression.

    >>> known_as("size"), known_as("name")
    ('fields.size', 'contact.name')
    """
    return f"globals.{key}" if of_page else OWN.get(key, f"fields.{key.replace('-', '_')}")


def template(text: str) -> tuple[str, bool]:
    """A text as RapidPro fills it in, and whether all of it could be said.

    >>> template("Hi {{ contact.nick | upcase }}, a@b.example")
    ('Hi @(upper(fields.nick)), a@@b.example', True)
    """
    try:
        nodes = liquid.parse(text).nodes
        return "".join(_Speaker().pieces(nodes)), True
    except (BrokenText, Untranslatable):
        return _words(text), False


def _words(text: str) -> str:
    return text.replace("@", "@@")


class _Speaker:
    """Says the parts of one text; names that it gives itself are put in where they are used."""

    def __init__(self) -> None:
        self._named: dict[str, str] = {}

    def pieces(self, nodes: Iterable[Node]) -> Iterable[str]:
        for node in nodes:
            if isinstance(node, ContentNode):
                yield _words(node.text)
            elif said := self._said(node):
                yield _words(said[1:-1]) if _is_text(said) else f"@({said})"

    def _said(self, node: Node) -> str:
        """A node as an expression; empty where it shows nothing."""
        match node:
            case ContentNode():
                return _quoted(node.text)
            case OutputNode():
                return self._value(node.expression)
            case AssignNode():
                self._named[str(node.name)] = self._value(node.expression)
                return ""
            case CaptureNode():
                self._named[str(node.name)] = self._joined(node.block.nodes)
                return ""
            case IfNode():
                return self._choice(node)
        raise Untranslatable

    def _joined(self, nodes: Iterable[Node]) -> str:
        said = [piece for node in nodes if (piece := self._said(node))]
        return " & ".join(said) if said else '""'

    def _choice(self, node: IfNode) -> str:
        ways = [(node.condition, node.consequence)]
        ways += [(other.expression, other.block) for other in node.alternatives]
        said = self._joined(node.default.nodes) if node.default else '""'
        for condition, block in reversed(ways):
            asked = self._condition(condition)
            said = f"if({asked}, {self._joined(block.nodes)}, {said})"
        return said

    def _condition(self, asked: Any) -> str:
        match asked:
            case BooleanExpression():
                return self._condition(asked.expression)
            case LogicalAndExpression():
                return f"and({self._condition(asked.left)}, {self._condition(asked.right)})"
            case LogicalOrExpression():
                return f"or({self._condition(asked.left)}, {self._condition(asked.right)})"
            case Path():
                return f'{self._value(asked)} != ""'
        if type(asked) in SIGNS:
            return f"{self._value(asked.left)} {SIGNS[type(asked)]} {self._value(asked.right)}"
        raise Untranslatable

    def _value(self, value: Any) -> str:
        if isinstance(value, FilteredExpression):
            said = self._value(value.left)
            for filter in value.filters or ():
                said = self._filtered(said, filter)
            return said
        if isinstance(value, Path):
            return self._path(value.path)
        plain = getattr(value, "value", None)
        if isinstance(plain, str):
            return _quoted(plain)
        if isinstance(plain, int | float) and not isinstance(plain, bool):
            return f"{plain:g}"
        raise Untranslatable

    def _path(self, path: list[Any]) -> str:
        match path:
            case ["contact", str(key)]:
                return known_as(key)
            case ["page", str(key)]:
                return known_as(key, of_page=True)
            case ["now" | "today" as name]:
                return f"{name}()"
            case [str(name)] if name in self._named:
                return self._named[name]
        raise Untranslatable

    def _filtered(self, said: str, filter: Filter) -> str:
        given = [self._value(argument.value) for argument in filter.args]
        match filter.name, given:
            case ("plus", ["0"]) | ("append" | "prepend", ['""']) | ("times", ["1"]):
                return said
            case "append", [other]:
                return f"({said} & {other})"
            case "prepend", [other]:
                return f"({other} & {said})"
            case name, [other] if name in COUNTING:
                return f"({said} {COUNTING[name]} {other})"
            case name, [amount] if name in _PLUS:
                unit = "m" if name == "plus_minutes" else _PLUS[name]
                return f'datetime_add({said}, {amount}, "{unit}")'
            case "plus_minutes", [amount]:
                return f'datetime_add({said}, {amount}, "m")'
            case "date", [pattern] if _is_text(pattern):
                return f"format_date({said}, {_quoted(_pattern(pattern[1:-1]))})"
            case "days_since", [other]:
                return f'datetime_diff({other}, {said}, "D")'
            case "replace", ['".0#"', '""']:
                return said
            case "remove", ['"#"']:
                return said.removesuffix(' & "#")').removeprefix("(")
            case name, _ if name in FUNCTIONS:
                return f"{FUNCTIONS[name]}({', '.join([said, *given])})"
        raise Untranslatable


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _is_text(said: str) -> bool:
    return said[:1] == '"' and said[-1:] == '"' and '"' not in said[1:-1] and "\\" not in said


def _pattern(pattern: str) -> str:
    for ours, theirs in _PATTERNS.items():
        pattern = pattern.replace(ours, theirs)
    if "%" in pattern:
        raise Untranslatable
    return pattern

"""What python-liquid makes of the texts of a flow. `liquid` is what the rest of the program asks.

A module of its own, since the library takes longer to load than a window should wait.
"""

import json
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from math import prod
from typing import Any, Final

from liquid import BoundTemplate, Environment, Node, RenderContext
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import (
    Filter,
    FilteredExpression,
    Path,
    PositionalArgument,
    StringLiteral,
)
from liquid.builtin.expressions.primitive import IntegerLiteral
from liquid.builtin.output import OutputNode
from liquid.exceptions import LiquidError, ResourceLimitError

from otn_studio.blocks import moment
from otn_studio.blocks.liquid import (
    FILTERS,
    LANGUAGE,
    SOURCE_LIMIT,
    VALUE_LIMIT,
    BrokenText,
    Length,
)

WORK_LIMIT: Final = 10_000_000
"""The most that the filters of one text may do: what goes into each, multiplied, and added up."""

_LONGEST_IN_OTHER_CASE: Final = 3
_LONGEST_ENCODED: Final = 12
"""Code points that one can become: in capitals, as “ΐ” does, and in a web address, as “😀” does."""
_QUICKLY_AT_MOST: Final = 4_000
_NOT_JUST_KEYS: Final = frozenset({"size", "first", "last"})
"""What Liquid itself may find in a value, by these names."""


class _Limited(Environment):
    context_depth_limit = 10
    loop_iteration_limit = 1_000
    local_namespace_limit = 10_000
    output_stream_limit = 20_000


def _metered(filter: Callable[..., Any]) -> Callable[..., Any]:
    """The same filter, refused where a text makes its filters work too much."""

    @wraps(filter)
    def metered(value: Any, *arguments: Any, context: RenderContext, **options: Any) -> Any:
        sizes = [len(entry) or 1 for entry in (value, *arguments) if isinstance(entry, Sized)]
        spent = context.tag_namespace.get("work", 0) + prod(sizes)
        if spent > WORK_LIMIT:
            raise ResourceLimitError("it takes too long to fill in", token=None)
        context.tag_namespace["work"] = spent
        if filter in moment.SPEAKING:
            options["language"] = context.resolve(LANGUAGE, default="")
        return filter(value, *arguments, **options)

    metered.with_context = True
    return metered


def _json(value: Any) -> str:
    """A value within JSON: numbers and true or false as they are, anything else as a text."""
    plain = value if isinstance(value, bool | int | float) else str(value)
    return json.dumps(plain, ensure_ascii=False)


_ENVIRONMENT = _Limited()
_UNMETERED: Final = dict(_ENVIRONMENT.filters)
for _tag in ("include", "render", "extends", "block", "macro", "call"):
    _ENVIRONMENT.tags.pop(_tag, None)
_ENVIRONMENT.filters = {
    name: _metered(filter)
    for name, filter in (_ENVIRONMENT.filters | moment.FILTERS | {"json": _json}).items()
    if name in FILTERS
}


@lru_cache(maxsize=20_000)
def parse(source: str) -> BoundTemplate:
    """Read a text once; asked again for the same text, the same template comes back.

    Raises:
        BrokenText: the text is not Liquid.
    """
    if len(source) > SOURCE_LIMIT and "{" in source:
        raise BrokenText(f"a text with such parts has at most {SOURCE_LIMIT} characters")
    try:
        template = _ENVIRONMENT.from_string(source)
        unknown = sorted(set(template.filter_names()) - FILTERS)
    except LiquidError as error:
        raise BrokenText(reason(error)) from error
    if unknown:
        raise BrokenText(f"unknown filter '{unknown[0]}'")
    return template


@dataclass(frozen=True, slots=True)
class _Value:
    """A value in a text, by whose and which, and what it is put through."""

    whose: str
    key: str
    filters: tuple[Callable[[Any], Any], ...]

    def of(self, values: Mapping[str, Any]) -> Any:
        """What it is filled in with; no text where only Liquid itself can tell."""
        try:
            value = values[self.whose][self.key]
        except KeyError:
            value = ""
        for filter in self.filters:
            if type(value) is not str:
                return None
            value = filter(value)
        return value


def put_together(source: str, values: Mapping[str, Any]) -> str | None:
    """The text, where it is put together of texts only, and short; most are, and this is quicker."""
    found = []
    for piece in _pieces(source):
        if type(piece) is _Value:
            piece = piece.of(values)
        if type(piece) is not str:
            return None
        found.append(piece)
    text = "".join(found)
    is_as_liquid_writes = len(text) <= _QUICKLY_AT_MOST and "\r" not in text  # it makes \n of these
    return text if is_as_liquid_writes else None


@lru_cache(maxsize=20_000)
def _pieces(source: str) -> tuple[str | _Value | None, ...]:
    """What a text consists of: words, values, or what only Liquid itself can tell: none."""
    return tuple(_piece(node) for node in parse(source).nodes)


def _piece(node: Node) -> str | _Value | None:
    if isinstance(node, ContentNode):
        return node.text
    expression = getattr(node, "expression", None)
    if not isinstance(node, OutputNode) or type(expression) is not FilteredExpression:
        return None
    filters = tuple(_quick(filter) for filter in expression.filters or ())
    if None in filters or not isinstance(expression.left, Path):
        return None
    match expression.left.path:
        case ["contact" | "page" as whose, str(key)] if key not in _NOT_JUST_KEYS:
            return _Value(whose, key, filters)
    return None


def _quick(filter: Filter) -> Callable[[str], Any] | None:
    """A filter that makes a text of any text, with what the source gives it; else none."""
    match filter.name, filter.args:
        case (
            "append" | "default" | "prepend",
            [PositionalArgument(value=StringLiteral() as given)],
        ) | ("truncate", [PositionalArgument(value=IntegerLiteral() as given)]):
            return partial(_with, _UNMETERED[filter.name], given.value)
        case "capitalize" | "downcase" | "strip" | "upcase", []:
            return _UNMETERED[filter.name]
    return None


def _with(filter: Callable[..., Any], given: Any, value: str) -> Any:
    return filter(value, given)


def length(source: str) -> Length:
    """What can be said of the length before anybody's values are known."""
    nodes = parse(source).nodes
    least = sum(len(node.text) for node in nodes if isinstance(node, ContentNode))
    bounds = [_longest(node) for node in nodes if not isinstance(node, ContentNode)]
    known = [bound for bound in bounds if bound is not None]
    return Length(least, least + sum(known) if len(known) == len(bounds) else None)


def _longest(node: Node) -> int | None:
    """The most that one ``{{ … }}`` can add, where it is a field of the contact in a simple form."""
    expression = getattr(node, "expression", None)
    if not isinstance(expression, FilteredExpression) or not isinstance(expression.left, Path):
        return None
    clocks = expression.left.path[0] in ("now", "today")
    longest: int | None = moment.LONGEST if clocks else VALUE_LIMIT
    for filter in expression.filters or ():
        arguments = [getattr(argument.value, "value", None) for argument in filter.args]
        longest = _filtered(longest, filter.name, arguments)
    return longest


def _filtered(longest: int | None, name: str, arguments: list[Any]) -> int | None:
    """The most that a filter can make of a text of at most that length; none: any length."""
    match name, arguments:
        case "truncate", [int(limit)] if limit >= len("..."):
            return limit if longest is None else min(longest, limit)
        case _ if longest is None:
            return None
        case "default", [str(value)]:
            return max(longest, len(value))
        case "date", [str(pattern)]:
            return max(longest, len(pattern) * moment.LONGEST_PART)
        case (("upcase" | "downcase" | "capitalize"), []):
            return longest * _LONGEST_IN_OTHER_CASE
        case "url_encode", []:
            return longest * _LONGEST_ENCODED
        case _ if name.startswith("plus_"):
            return max(longest, moment.LONGEST)
    return None


def reason(error: Exception) -> str:
    """What is wrong with a text, as the library says it."""
    return str(getattr(error, "message", None) or error).rstrip(".")

"""The texts of a flow: Liquid, with limits, so that no text can hang or fill the engine.

Only what a conversation needs is there: no includes, no attribute access into the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from liquid import BoundTemplate, Environment, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.exceptions import LiquidError

VALUE_LIMIT: Final = 1_000
"""The most code points that a field of a contact holds."""


class _Limited(Environment):
    context_depth_limit = 10
    loop_iteration_limit = 1_000
    local_namespace_limit = 10_000
    output_stream_limit = 20_000


_ENVIRONMENT = _Limited()
for _tag in ("include", "render", "extends", "block", "macro", "call"):
    _ENVIRONMENT.tags.pop(_tag, None)


class BrokenText(Exception):
    """A text whose Liquid cannot be read or filled in; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text can get, in code points. ``most`` is none where nothing bounds it."""

    least: int
    most: int | None


@lru_cache(maxsize=20_000)
def parse(source: str) -> BoundTemplate:
    """Read a text once; asked again for the same text, the same template comes back.

    Raises:
        BrokenText: the text is not Liquid.
    """
    try:
        return _ENVIRONMENT.from_string(source)
    except LiquidError as error:
        raise BrokenText(_reason(error)) from error


def render(source: str, values: Mapping[str, Any]) -> str:
    """Fill in a text. Names that have no value become empty.

    Raises:
        BrokenText: the text is not Liquid, or exceeds its limits.
    """
    if "{" not in source:
        return source
    try:
        return parse(source).render(**values)
    except LiquidError as error:
        raise BrokenText(_reason(error)) from error


def length(source: str) -> Length:
    """What can be said of the length before anybody's values are known.

    >>> length("Hi {{ contact.first_name }}")
    Length(least=3, most=1003)
    >>> length("Hi {{ contact.first_name | truncate: 20 }}!")
    Length(least=4, most=24)
    >>> length("Hi 😀")
    Length(least=4, most=4)
    """
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
    longest = VALUE_LIMIT
    for filter in expression.filters or ():
        arguments = [getattr(argument.value, "value", None) for argument in filter.args]
        match filter.name, arguments:
            case "default", [str(value)]:
                longest = max(longest, len(value))
            case "truncate", [int(limit)]:
                longest = min(longest, max(limit, len("...")))
            case _:
                return None
    return longest


def contact_fields(source: str) -> frozenset[str]:
    """The fields of the contact that a text mentions, by their keys.

    >>> sorted(contact_fields("{{ contact.size }} of {{ contact.first_name | upcase }}"))
    ['first_name', 'size']
    """
    paths = parse(source).global_variable_segments()
    return frozenset(str(path[1]) for path in paths if len(path) > 1 and path[0] == "contact")


def other_names(source: str) -> frozenset[str]:
    """Names that a text asks for and that nothing will ever fill in."""
    return frozenset(parse(source).global_variables()) - {"contact"}


def _reason(error: LiquidError) -> str:
    return str(error.message or error).rstrip(".")

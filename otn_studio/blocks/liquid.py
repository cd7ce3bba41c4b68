"""The texts of a flow: Liquid, with limits, so that no text can hang or fill the engine.

Only what a conversation needs is there: no includes, no attribute access into the program, no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from otn_studio.blocks import moment

if TYPE_CHECKING:
    from liquid import BoundTemplate

VALUE_LIMIT: Final = 1_000
"""The most code points that a field of a contact holds."""
SOURCE_LIMIT: Final = 5_000
"""The most code points of a text that has to be parsed: the time it takes grows with the square."""

FILTERS: Final = frozenset(
    (
        *("abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus"),
        *("round", "times", "append", "capitalize", "default", "downcase", "first", "join", "last"),
        *("lstrip", "prepend", "remove", "remove_first", "remove_last", "replace", "replace_first"),
        *("replace_last", "rstrip", "size", "slice", "split", "squish", "strip", "strip_newlines"),
        *("truncate", "truncatewords", "upcase", "url_encode", "json", *moment.FILTERS),
    )
)
"""What a text may be put through. Those for dates are ours: the library's ask the clock."""

LANGUAGE: Final = " language"
"""By which filters find the language; no text can ask for a name with a space."""


class BrokenText(Exception):
    """A text whose Liquid cannot be read or filled in; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text can get, in code points. ``most`` is none where nothing bounds it."""

    least: int
    most: int | None


NAMES: Final = frozenset({"contact", "page", "now", "today"})
"""What a text can ask for."""

_NO_CLOCK: Final = {"now": None, "today": None}
"""Names that the library would fill in from the clock of the machine."""


class _Fields:
    """A contact's fields by key, and nothing else: no count of them, no first, nothing to print."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __str__(self) -> str:
        return ""


def parse(source: str) -> "BoundTemplate":
    """Read a text once; asked again for the same text, the same template comes back.

    Raises:
        BrokenText: the text is not Liquid.
    """
    return _library().parse(source)


def has_parts(source: str) -> bool:
    """Whether a text differs from person to person.

    >>> has_parts("Hi {{ contact.first_name }}"), has_parts("Hi")
    (True, False)
    """
    return "{{" in source or "{%" in source


def render(source: str, values: Mapping[str, Any], language: str = "") -> str:
    """Fill in a text. Names that have no value become empty, months and days are named in the
    language.

    Raises:
        BrokenText: the text is not Liquid, or exceeds its limits.
    """
    if "{" not in source:
        return source
    if (text := _library().put_together(source, values)) is not None:
        return text
    shown = {key: _Fields(v) if isinstance(v, Mapping) else v for key, v in values.items()}
    template = parse(source)
    try:
        return template.render(_NO_CLOCK | shown | {LANGUAGE: language})
    except Exception as error:  # with values such as “inf”, filters raise whatever they meet
        raise BrokenText(_library().reason(error)) from error


def length(source: str) -> Length:
    """What can be said of the length before anybody's values are known.

    >>> length("Hi {{ contact.first_name }}")
    Length(least=3, most=1003)
    >>> length("Hi {{ contact.first_name | truncate: 20 }}!")
    Length(least=4, most=24)
    >>> length("Hi 😀")
    Length(least=4, most=4)
    """
    return _library().length(source) if "{" in source else Length(len(source), len(source))


def contact_fields(source: str) -> frozenset[str]:
    """The fields of the contact that a text mentions, by their keys.

    >>> sorted(contact_fields("{{ contact.size }} of {{ contact.first_name | upcase }}"))
    ['first_name', 'size']
    """
    return _mentioned(source, "contact")


def page_fields(source: str) -> frozenset[str]:
    """The values of the Page that a text mentions, by their keys."""
    return _mentioned(source, "page")


def _mentioned(source: str, whose: str) -> frozenset[str]:
    paths = [path for path in _paths(source) if path[0] == whose]
    return frozenset(path[1] for path in paths if len(path) > 1 and isinstance(path[1], str))


def other_names(source: str) -> frozenset[str]:
    """Names that a text asks for and that nothing will ever fill in."""
    heads = (path[0] for path in _paths(source))
    return frozenset(head for head in heads if isinstance(head, str)) - NAMES


@lru_cache(maxsize=20_000)
def _paths(source: str) -> Sequence[Sequence[Any]]:
    return parse(source).global_variable_segments() if "{" in source else ()


@cache
def _library() -> ModuleType:
    """What knows the library, loaded with the first text that needs it: that takes a tenth of a
    second, for which the studio's window need not wait.
    """
    from otn_studio.blocks import templates

    return templates

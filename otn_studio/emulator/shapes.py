"""Objects of a call that hold many small values: which of them are needed, and how each is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.params import Param
from otn_studio.policy import limits

Reader = Callable[[Param], Any]
_MOMENT: Final = "%Y-%m-%dT%H:%M"
_AMOUNT: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Shape:
    """Its values by name. What else there is in the object is ignored."""

    needed: Mapping[str, Reader]
    optional: Mapping[str, Reader] = field(default_factory=dict)

    def __call__(self, param: Param) -> dict[str, Any]:
        whole = param.object()
        given = {name: read for name, read in self.optional.items() if whole[name].present}
        return {name: read(whole[name]) for name, read in {**self.needed, **given}.items()}


def several(read: Reader, at_least: int = 1, at_most: int = 100) -> Reader:
    """Of as many objects as Messenger allows; where it names no limit, ours is 100."""
    return lambda param: [read(one) for one in param.items(at_least, at_most)]


def text(param: Param) -> str:
    return param.text(limits.TEXT)


def any_text(param: Param) -> str:
    """Which may be empty, as the second line of an address is in Messenger's own example."""
    return "" if param.value == "" else text(param)


def id(param: Param) -> str:
    return param.id(limits.TEXT)


def url(param: Param) -> str:
    return param.url(limits.BUTTON_URL)


def amount(param: Param) -> int | float | str:
    """A number, which libraries in use write as a text, too."""
    value = param.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number or (isinstance(value, str) and _AMOUNT.fullmatch(value)):
        return value
    if value is None:
        text(param)
    raise bad_parameter(f"Param {param.path} must be a number.")


def moment(param: Param) -> str:
    """A time at an airport, by its clocks."""
    found = text(param)
    try:
        datetime.strptime(found, _MOMENT)
    except ValueError:
        raise bad_parameter(
            f"Param {param.path} must be a time such as 2026-12-24T19:05."
        ) from None
    return found


def one_of(*words: str) -> Reader:
    return lambda param: param.one_of(*words)


def written(pattern: str, what: str) -> Reader:
    """A text of one form only; ``what`` is the name of that for a complaint."""

    def read(param: Param) -> str:
        found = text(param)
        if not re.fullmatch(pattern, found):
            raise bad_parameter(f"Param {param.path} must be {what}.")
        return found

    return read

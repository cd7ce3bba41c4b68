"""Old files made new: one step for each version of the format, in order.

A step takes the plain JSON values of its version and returns those of the next. To change the
format, raise `writing.VERSION` and add the step from the version before.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final


def _topics_may_recur(data: dict[str, Any]) -> dict[str, Any]:
    """Version 2: a topic may have a frequency. Without one it is what it was."""
    return data


def _may_be_translated(data: dict[str, Any]) -> dict[str, Any]:
    """Version 3: a flow may speak several languages; nobody has said which one this speaks."""
    return {"language": ""} | data


STEPS: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    1: _topics_may_recur,
    2: _may_be_translated,
}


def upgraded(
    data: dict[str, Any],
    steps: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = STEPS,
) -> dict[str, Any]:
    """The same flow in the newest version of the format."""
    while (step := steps.get(data["version"])) is not None:
        data = step(data) | {"version": data["version"] + 1}
    return data

"""The way to a value within a block, such as ``elements.0.title``, as the checks write it."""

from typing import Any

from otn_studio.blocks.block import Block, Declared, Part
from otn_studio.blocks.element import Element


def joined(path: str, step: str | int) -> str:
    """
    >>> joined("", "elements"), joined("elements", 0)
    ('elements', 'elements.0')
    """
    return f"{path}.{step}" if path else str(step)


def is_within(path: str, outer: str) -> bool:
    """Whether a path is that one or below it.

    >>> is_within("elements.0.title", "elements.0"), is_within("elements.01", "elements.0")
    (True, False)
    """
    return not outer or path == outer or path.startswith(f"{outer}.")


def written_name(part: type[Part], name: str) -> str:
    """The name of a field in the file, and so in paths."""
    return part.model_fields[name].alias or name


def at(whole: Any, path: str) -> Any:
    """The value at a path.

    Raises:
        LookupError: the path leads nowhere.
    """
    for step in path.split(".") if path else ():
        whole = _entered(whole, step)
    return whole


def replaced(whole: Any, path: str, value: Any) -> Any:
    """The same with another value at a path; parts beside the path stay the same objects.

    Raises:
        LookupError: the path leads nowhere.
        ValueError: the declaration does not take the value.
    """
    if not path:
        return value
    step, _, rest = path.partition(".")
    inner = replaced(_entered(whole, step), rest, value)
    if isinstance(whole, tuple):
        return (*whole[: int(step)], inner, *whole[int(step) + 1 :])
    fields = {name: getattr(whole, name) for name in type(whole).model_fields}
    return type(whole)(**{**fields, _field_name(type(whole), step): inner})


def opened(block: Block, field: str) -> str:
    """The innermost element on the way to a field, whose form has to be open to see it.

    The way out of an element (``card.opted_in``) counts as the element itself.
    """
    if home := _home_of_port(block, field):
        return home
    best, path, value = "", "", block
    for step in field.split("."):
        try:
            value = _entered(value, step)
        except LookupError:
            break
        path = joined(path, step)
        best = path if isinstance(value, Declared) else best
    return best


def placed(block: Block, field: str) -> str:
    """A finding's field as a path: the way out of an element becomes the element's own path."""
    return _home_of_port(block, field) or field


def _home_of_port(block: Block, field: str) -> str:
    for path, part in block.parts():
        if isinstance(part, Element) and field in {port.id for port in part.ports()}:
            return path.rstrip(".")
    return ""


def _entered(whole: Any, step: str) -> Any:
    if isinstance(whole, tuple) and step.isdigit():
        return whole[int(step)]
    if isinstance(whole, Part):
        return getattr(whole, _field_name(type(whole), step))
    raise LookupError(step)


def _field_name(part: type[Part], step: str) -> str:
    for name in part.model_fields:
        if step == written_name(part, name):
            return name
    raise LookupError(step)

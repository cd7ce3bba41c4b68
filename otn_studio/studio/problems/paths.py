"""The way to a field within a block, ``elements.0.title``, as findings name it."""

from collections.abc import Sequence
from typing import Any

from otn_studio.blocks.block import Option, Part


def steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def at(value: Any, way: Sequence[str]) -> Any | None:
    """What stands there; none where the way leads nowhere."""
    for step in way:
        if isinstance(value, Part):
            value = getattr(value, _name(value, step), None)
        elif isinstance(value, tuple) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def replaced(value: Any, way: Sequence[str], new: Any) -> Any:
    """The same with something else at the end of the way."""
    if not way:
        return new
    step, *rest = way
    if isinstance(value, tuple):
        index = int(step)
        return (*value[:index], replaced(value[index], rest, new), *value[index + 1 :])
    name = _name(value, step)
    return value.model_copy(update={name: replaced(getattr(value, name), rest, new)})


def option(part: Part, way: Sequence[str]) -> Option | None:
    """What the field at the end of the way is declared as."""
    owner = at(part, way[:-1])
    return owner.options().get(_name(owner, way[-1])) if isinstance(owner, Part) and way else None


def _name(part: Part, alias: str) -> str:
    """The name in the program of a field as it is called in files."""
    fields = type(part).model_fields
    return next((name for name, info in fields.items() if info.alias == alias), alias)

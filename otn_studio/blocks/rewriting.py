"""The same block with other words in its options."""

from collections.abc import Callable
from typing import Any, TypeVar

from otn_studio.blocks.block import Option, Part

P = TypeVar("P", bound=Part)


def rewritten(part: P, change: Callable[[Option, str], str]) -> P:
    """Every option that is a text, as ``change`` makes it, in the part and in those within it. A part
    that stays as it was is the same object.
    """
    options, changed = part.options(), {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        made: Any = value
        if isinstance(value, str) and name in options:
            made = change(options[name], str(value)) if type(value) is str else value
        elif isinstance(value, tuple):
            made = tuple(rewritten(v, change) if isinstance(v, Part) else v for v in value)
            made = value if all(a is b for a, b in zip(made, value, strict=True)) else made
        if made is not value and made != value:
            changed[name] = made
    return part.model_copy(update=changed) if changed else part

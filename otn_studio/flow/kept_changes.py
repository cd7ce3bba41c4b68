"""Changes as plain JSON values, so that a history outlives the program that made it.

What a change holds is told by its declaration, so that a new one needs nothing here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from otn_studio.blocks.block import Block
from otn_studio.flow import becoming, changes, looks, translating
from otn_studio.flow.change import Change

_MODULES: Final = (becoming, changes, looks, translating)


def written(change: Change) -> dict[str, Any]:
    """The change in plain values."""
    return {"change": type(change).__name__, **_parts(change)}


def read(data: Any) -> Change:
    """The change that was written.

    Raises:
        ValueError: it is no change that this version knows.
    """
    try:
        return _change(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"that is no change: {error}") from error


def _types() -> Iterator[type[Change]]:
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Change) and value is not Change:
                yield value


_TYPES: Final = {type.__name__: type for type in _types()}


def _parts(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Change):
        return written(value)
    if isinstance(value, Block):
        return value.written()
    if is_dataclass(value):
        return _parts(value)
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.value if isinstance(value, Enum) else value


def _change(data: Any) -> Change:
    return _made(_TYPES[data["change"]], {k: v for k, v in data.items() if k != "change"})


def _made(type: Any, data: Mapping[str, Any]) -> Any:
    hints = _hints(type)
    return type(**{name: _value(hints[name], entry) for name, entry in data.items()})


@lru_cache(maxsize=100)
def _hints(type: Any) -> Mapping[str, Any]:
    return get_type_hints(type)


def _value(hint: Any, data: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if NoneType in arguments:
        inner = next(argument for argument in arguments if argument is not NoneType)
        return None if data is None else _value(inner, data)
    if origin is not None and origin is not Union and issubclass(origin, Mapping):
        return {key: _value(arguments[1], entry) for key, entry in data.items()}
    if origin is tuple:
        return tuple(_value(arguments[0], entry) for entry in data)
    if hint is Change:
        return _change(data)
    if isinstance(hint, type) and issubclass(hint, Block):
        return Block.read(data)
    if is_dataclass(hint):
        return _made(hint, data)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if not isinstance(data, hint if hint is not float else int | float):
        raise TypeError(f"{data!r} is not a {hint.__name__}")
    return data

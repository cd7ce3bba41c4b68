"""Services that are made when the first of them is asked for something: a window need not wait."""

from collections.abc import Callable
from dataclasses import fields
from threading import Lock
from typing import Any, Generic, TypeVar, get_type_hints

from otn_studio.studio.services.services import Services

T = TypeVar("T")


class Once(Generic[T]):
    """Makes something when it is first wanted, in whichever thread that is; the others wait."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: T | None = None

    def __call__(self) -> T:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def if_made(self) -> T | None:
        """What there is; while it is being made, it is waited for."""
        with self._lock:
            return self._made


class _Soon:
    """Stands for one of the services. What its Protocol has as a plain value is waited for."""

    def __init__(self, service: Callable[[], Any], protocol: type) -> None:
        self._service = service
        self._values = protocol.__annotations__

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return getattr(self._service(), name)
        return lambda *given, **named: getattr(self._service(), name)(*given, **named)


def soon(services: Callable[[], Services], page_name: str) -> Services:
    """What stands for them all until then. Only the name has to be known before."""
    protocols = get_type_hints(Services)
    stands_for = {
        field.name: _Soon(lambda name=field.name: getattr(services(), name), protocols[field.name])
        for field in fields(Services)
        if field.name != "page_name"
    }
    return Services(page_name=page_name, **stands_for)

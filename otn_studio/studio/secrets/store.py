"""The secrets of flows as the studio sees them: by their names only.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


@dataclass(frozen=True, slots=True)
class SecretRow:
    """A secret that is set, or that a flow asks for. ``flows`` are those that ask for it.

    ``handed_over``: it comes from the engine's environment, and is changed there.
    """

    name: str
    flows: tuple[str, ...] = ()
    is_set: bool = True
    handed_over: bool = False


class Lock(StrEnum):
    """Whether secrets can be kept. Without a keyring they lie in a file that a password opens; ``NEW``:
    there is no such file yet, and nobody has said which password it is to have.
    """

    OPEN = "open"
    LOCKED = "locked"
    NEW = "new"


class Secrets(Protocol):
    """What there is, with the live flows that ask for it, and what becomes of it."""

    def lock(self) -> Lock: ...

    def unlock(self, password: str) -> None: ...

    def all(self) -> Sequence[SecretRow]: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


def with_flow(rows: Iterable[SecretRow], flow: Flow | None) -> list[SecretRow]:
    """The same, where a flow that is being drawn asks for secrets as well; by name.

    >>> [row.name for row in with_flow([SecretRow("b"), SecretRow("a")], None)]
    ['a', 'b']
    """
    found = {row.name: row for row in rows}
    for name in Project.of(flow).secrets_asked_for() if flow else ():
        row = found.get(name, SecretRow(name, is_set=False))
        if flow.name not in row.flows:
            found[name] = replace(row, flows=(*row.flows, flow.name))
    return [found[name] for name in sorted(found)]

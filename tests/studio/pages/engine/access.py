"""The keys of the shop's own systems, in memory."""

from collections.abc import Sequence

from otn_studio.blocks.words import Problem
from otn_studio.studio.services.access import KeyRow
from tests.studio.pages.fakes import NOW


class FakeApiKeys:
    """As the real ones, but their keys open nothing."""

    def __init__(self, *names: str) -> None:
        self.rows = {id: KeyRow(id, name, NOW) for id, name in enumerate(names, 1)}

    def all(self) -> Sequence[KeyRow]:
        return tuple(self.rows.values())

    def make(self, name: str) -> str:
        if not name.strip():
            raise Problem("A key needs a name of at most {limit} characters.", limit=65)
        id = max(self.rows, default=0) + 1
        self.rows[id] = KeyRow(id, name, NOW)
        return f"otn_{id}_{'k' * 43}"

    def withdraw(self, id: int) -> None:
        del self.rows[id]

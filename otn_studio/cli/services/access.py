"""The keys of the shop's own systems, from the Page's database."""

from collections.abc import Sequence

from otn_studio.runtime.api import keys
from otn_studio.runtime.clock import Clock
from otn_studio.storage.database import Database
from otn_studio.studio.services.access import KeyRow


class PageApiKeys:
    """The studio's `ApiKeys`, from the Page's database."""

    def __init__(self, database: Database, page_id: str, clock: Clock) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock

    def all(self) -> Sequence[KeyRow]:
        rows = keys.listed(self._database, self._page_id)
        return [KeyRow(row.id, row.name, row.made_at, row.used_at) for row in rows]

    def make(self, name: str) -> str:
        return keys.make(self._database, self._page_id, name, self._clock.now()).key

    def withdraw(self, id: int) -> None:
        keys.withdraw(self._database, self._page_id, id, self._clock.now())

"""The engine of the connected Pages on this computer: started anew whenever one of them changes."""

from collections.abc import Callable
from typing import TypeVar

from otn_studio.cli import connected
from otn_studio.cli.local_engine import DEFAULT_ADDRESS, LocalEngine
from otn_studio.cli.settings import Settings
from otn_studio.storage import connections
from otn_studio.storage.database import Database
from otn_studio.storage.engine import engines

T = TypeVar("T")


class ConnectedEngine:
    """One process serves them all, so it has to know of every new one. On servers there is none of
    ours to start.
    """

    def __init__(
        self, database: Database, settings: Settings, address: str = DEFAULT_ADDRESS
    ) -> None:
        self._database = database
        self._settings = settings
        self.address = address

    def serve(self, page_id: str) -> None:
        """See to it that the Page is served.

        Raises:
            Problem: the engine does not start.
        """
        if self._database.file is None:
            return
        if not self._of(page_id, lambda engine: engine.state().running):
            self.stop()
            self._of(page_id, LocalEngine.start)

    def renew(self, change: Callable[[], None] = lambda: None) -> None:
        """Let an engine that runs know what changes.

        Raises:
            Problem: it does not stop, or not start.
        """
        ran = self.stop()
        change()
        ready = connected.to_serve(self._database, self._settings)
        if ran and connected.can_serve(ready[0]):
            self._of(ready[0].page_id, LocalEngine.start)

    def stop(self) -> bool:
        """Answers whether it ran."""
        with self._database.reading() as connection:
            known = connections.all_of(connection)
            served = [id for id in known if engines.signed_on(connection, id) is not None]
        for page_id in served if self._database.file is not None else ():
            if self._of(page_id, lambda engine: engine.state().running):
                self._of(page_id, LocalEngine.stop)
                return True
        return False

    def _of(self, page_id: str, do: Callable[[LocalEngine], T]) -> T:
        settings = connected.of_page(self._database, self._settings, page_id)
        engine = LocalEngine(self._database, settings, "", self.address)
        try:
            return do(engine)
        finally:
            engine.close()

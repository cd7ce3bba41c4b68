"""The engine as a service of the system, for the studio and for `otn-studio service`."""

from typing import Final

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.background import keepers
from otn_studio.cli.background.service import Keeper, State
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.server_engine import ServerEngine
from otn_studio.cli.settings import Settings
from otn_studio.cli.words import shown
from otn_studio.studio.services.service import ServiceState

_ON_SERVERS: Final = Words("The engine runs on servers, which begin it by themselves.")
_PRACTICE: Final = Words("First connect a Page: to practice, the engine begins when you do.")


class EngineAsService:
    """Implements the studio's `EngineService`."""

    def __init__(
        self, engine: LocalEngine | ServerEngine, settings: Settings, keeper: Keeper | None = None
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._keeper = keeper or keepers.keeper()

    def state(self) -> ServiceState:
        kept = self.kept()
        why_not = self._why_not()
        return ServiceState(kept.installed, kept.running, shown(why_not) if why_not else "")

    def kept(self) -> State:
        """What the system says of it."""
        return self._keeper.state()

    def install(self) -> None:
        if why_not := self._why_not():
            raise Problem(why_not.text)
        service = keepers.engine(self._settings)
        if not self.kept().running:
            self._engine.stop()
        self._keeper.install(service)

    def remove(self) -> None:
        self._keeper.remove()

    def _why_not(self) -> Words | None:
        if isinstance(self._engine, ServerEngine):
            return _ON_SERVERS
        return _PRACTICE if self._engine.practice else None

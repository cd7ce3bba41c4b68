"""Making flows live."""

from collections.abc import Callable, Sequence
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.cli.vault import Vault
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.interpreter.program import Program
from otn_studio.policy.profiles import CLASSIC, Rules
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import NotPublished, publish
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage.database import Database
from otn_studio.studio.services import Published


class PagePublishing:
    """The studio's `Publishing`: into the Page's database. Then ``published`` is called."""

    def __init__(
        self,
        database: Database,
        page_id: str,
        clock: Clock,
        published: Callable[[], object],
        rules: Rules = CLASSIC,
    ) -> None:
        self._database = database
        self._page_id = page_id
        self._clock = clock
        self._published = published
        self._rules = rules

    def publish(self, flow: Flow, folder: Path | None = None) -> Published:
        project = Vault(self._page_id).looked_up(Project.of(flow, rules=self._rules))
        try:
            folders = {} if folder is None else {flow.id: folder}
            (made,) = publish(self._database, self._page_id, project, self._clock.now(), folders)
        except NotPublished as problem:
            raise Problem("“{flow}” has errors. Mend them first.", flow=flow.name) from problem
        self._published()
        return Published(made.version, made.warnings)

    def live(self) -> Project:
        return Project.of(*(program.flow for program in self._programs()), rules=self._rules)

    def live_version(self, flow_id: str) -> int | None:
        return next((p.version for p in self._programs() if p.flow_id == flow_id), None)

    def _programs(self) -> Sequence[Program]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        return programs.all_live()

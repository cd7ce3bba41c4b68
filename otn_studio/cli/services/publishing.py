"""Making flows live."""

from collections.abc import Callable, Sequence
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.cli.vault import Vault
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import from_text
from otn_studio.interpreter.program import Program
from otn_studio.policy.profiles import CLASSIC, Rules
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.publishing import NotPublished, go_back, publish
from otn_studio.runtime.publishing import Published as LivePrograms
from otn_studio.storage import versions
from otn_studio.storage.database import Database
from otn_studio.studio.services.services import Published, VersionRow


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

    def publish(self, flow: Flow, folder: Path | None = None, by: str = "") -> Published:
        now, folders = self._clock.now(), {} if folder is None else {flow.id: folder}
        try:
            (made,) = publish(self._database, self._page_id, self._project(flow), now, folders, by)
        except NotPublished as problem:
            raise Problem("“{flow}” has errors. Mend them first.", flow=flow.name) from problem
        self._published()
        return Published(made.version, made.warnings)

    def versions(self, flow_id: str) -> Sequence[VersionRow]:
        with self._database.reading() as connection:
            found = versions.all_of(connection, self._page_id, flow_id)
        return [
            VersionRow(v.number, v.title, v.published_at, v.published_by, v.live) for v in found
        ]

    def version(self, flow_id: str, number: int) -> Flow:
        with self._database.reading() as connection:
            found = versions.numbered(connection, self._page_id, flow_id, number)
        if found is None:
            raise Problem("Version {number} is not there any more.", number=number)
        return from_text(found.document)

    def entitle(self, flow_id: str, number: int, title: str) -> None:
        with self._database.writing() as connection:
            versions.entitle(connection, self._page_id, flow_id, number, title)

    def go_back(self, flow_id: str, number: int) -> None:
        project = self._project(self.version(flow_id, number))
        try:
            go_back(self._database, self._page_id, project, number, self._clock.now())
        except NotPublished as problem:
            raise Problem(
                "Version {number} has errors by now. Take it onto the canvas, mend it, and publish it.",
                number=number,
            ) from problem
        self._published()

    def live(self) -> Project:
        return Project.of(*(program.flow for program in self._programs()), rules=self._rules)

    def live_version(self, flow_id: str) -> int | None:
        return next((p.version for p in self._programs() if p.flow_id == flow_id), None)

    def _project(self, flow: Flow) -> Project:
        return Vault(self._page_id).looked_up(Project.of(flow, rules=self._rules))

    def _programs(self) -> Sequence[Program]:
        programs = LivePrograms(self._database, self._page_id)
        programs.refresh()
        return programs.all_live()

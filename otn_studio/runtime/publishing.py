"""Publishing: checked flows become numbered versions, which the engine takes up while it runs."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.checks.check import check
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import Unreadable
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.runtime import doorbell
from otn_studio.runtime.sending import attachments
from otn_studio.runtime.sending.attachments import taken_along
from otn_studio.storage import pages, versions
from otn_studio.storage.database import Database
from otn_studio.storage.engine import bells, engines
from otn_studio.storage.permissions import topics

log = logging.getLogger(__name__)

NOWHERE: Mapping[str, Path] = MappingProxyType({})


class NotPublished(Exception):
    """The checks found errors; nothing was published. ``findings`` are by flow id.

    Beside the flows that were to be published, there are those live ones that they would break.
    """

    def __init__(
        self, findings: Mapping[str, tuple[Finding, ...]], flows: Mapping[str, Flow]
    ) -> None:
        self.findings = findings
        self.flows = flows
        super().__init__("The checks found errors.")


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of one flow."""

    flow_id: str
    name: str
    version: int
    warnings: tuple[Finding, ...]


def publish(
    database: Database,
    page_id: str,
    project: Project,
    now: datetime,
    folders: Mapping[str, Path] = NOWHERE,
    by: str = "",
) -> list[Publication]:
    """Make every flow of the project a live version, together with its topics; all, or none.

    They are checked together with the Page's other live flows. ``folders`` is where the files lie
    that a flow sends, by the flow's id; ``by`` who publishes, for those who look at the versions.

    Raises:
        NotPublished: the checks found errors.
        Problem: a file that a flow sends is missing, or too large.
        TopicProblem: a flow brings a topic whose name another topic of the Page has.
    """
    live = _live(database, page_id)
    findings = _findings(live, project)
    if any(f.severity is Severity.ERROR for of_flow in findings.values() for f in of_flow):
        raise NotPublished(findings, {**live, **project.flows})
    with_files = [taken_along(flow, folders.get(flow.id)) for flow in project.flows.values()]
    with database.writing() as connection:
        pages.ensure(connection, page_id)
        published = []
        for flow, files in with_files:
            topics.bring_along(connection, page_id, flow.topics, now)
            attachments.keep(connection, page_id, files, now)
            number = versions.publish(
                connection, page_id, flow.id, flow.name, writing.to_text(flow), now, by
            )
            published.append(Publication(flow.id, flow.name, number, findings[flow.id]))
    wake_engine(database, page_id)
    return published


def go_back(database: Database, page_id: str, project: Project, number: int, now: datetime) -> None:
    """Make an earlier version of the project's one flow, which is drawn in it, live again.

    Raises:
        NotPublished: the checks find errors in it, as things are now.
        TopicProblem: it brings a topic whose name another topic of the Page has by now.
    """
    live = _live(database, page_id)
    findings = _findings(live, project)
    if any(f.severity is Severity.ERROR for of_flow in findings.values() for f in of_flow):
        raise NotPublished(findings, {**live, **project.flows})
    with database.writing() as connection:
        for flow in project.flows.values():
            topics.bring_along(connection, page_id, flow.topics, now)
            versions.go_back(connection, page_id, flow.id, number)
    wake_engine(database, page_id)


def _live(database: Database, page_id: str) -> dict[str, Flow]:
    programs = Published(database, page_id)
    programs.refresh()
    return {program.flow_id: program.flow for program in programs.all_live()}


def _findings(live: Mapping[str, Flow], project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """All findings of the project, and the errors that it would bring into other live flows."""
    found = check(replace(project, flows={**live, **project.flows}))
    others = live.keys() - project.flows.keys()
    before = check(replace(project, flows=live)) if others else {}
    brought = {id: tuple(f for f in found[id] if _is_new(f, before[id])) for id in others}
    own = {id: found[id] for id in project.flows}
    return {**own, **{id: errors for id, errors in brought.items() if errors}}


def _is_new(finding: Finding, before: tuple[Finding, ...]) -> bool:
    known = {(f.code, f.block, f.severity) for f in before}
    is_error = finding.severity is Severity.ERROR
    return is_error and (finding.code, finding.block, finding.severity) not in known


def wake_engine(database: Database, page_id: str) -> None:
    """Let the Page's engine, if one runs, look at the database now rather than in a second."""
    if database.engine.dialect.name != "sqlite":
        with database.writing() as connection:
            bells.ring(connection, page_id)
        return
    with database.reading() as connection:
        engine = engines.signed_on(connection, page_id)
    if engine is not None and engine.doorbell is not None:
        doorbell.ring(engine.doorbell)


class Published(LivePrograms):
    """The programs of a Page, from its database. Old versions are read when somebody is in one."""

    def __init__(self, database: Database, page_id: str) -> None:
        super().__init__()
        self._database = database
        self._page_id = page_id

    def refresh(self) -> None:
        """Take up what was published, or taken back, since the last look."""
        with self._database.reading() as connection:
            live = versions.live(connection, self._page_id)
        programs = [self._readable(flow_id, number) for flow_id, number in live]
        self.set_live(program for program in programs if program is not None)

    def _readable(self, flow_id: str, number: int) -> Program | None:
        """One flow that can't be read any more must not keep the others from running."""
        try:
            return self.version(flow_id, number)
        except Unreadable:
            log.exception("version %d of the flow %s can't be read", number, flow_id)
            return None

    def version(self, flow_id: str, number: int) -> Program | None:
        program = super().version(flow_id, number)
        if program is None:
            with self._database.reading() as connection:
                found = versions.numbered(connection, self._page_id, flow_id, number)
            if found is not None:
                program = Program.compile(found.number, found.document)
                self.add(program)
        return program

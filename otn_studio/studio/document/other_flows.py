"""What is beside the open flow: the Page's other live flows, and the rules that apply to the Page."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import Rules
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.services.services import Publishing


class OtherFlows(QObject):
    """``changed``: there are others now. Where nobody tells of any, there are none."""

    changed = Signal()

    def __init__(self, document: Document, publishing: Publishing | None = None) -> None:
        super().__init__(document)
        self._document = document
        self._publishing = publishing
        self._background = Background(self)
        self._live = Project()
        self.refresh()

    def refresh(self) -> None:
        """Ask for them again; where they can't be told, those that are known stay."""
        if self._publishing is not None:
            self._background.run(self._publishing.live, self._take, lambda error: None)

    def all(self) -> tuple[Flow, ...]:
        """Without the open one."""
        open_one = self._document.flow.id
        return tuple(flow for id, flow in self._live.flows.items() if id != open_one)

    def names(self) -> Mapping[str, str]:
        """What all flows that can be spoken of are called, the open one included."""
        return {id: flow.name for id, flow in self.project().flows.items()}

    @property
    def rules(self) -> Rules:
        """Those of the Page."""
        return self._live.rules

    def project(self) -> Project:
        """The open flow among the others."""
        open_one = self._document.flow
        return replace(self._live, flows={**self._live.flows, open_one.id: open_one})

    def _take(self, live: Project) -> None:
        if live != self._live:
            self._live = live
            self.changed.emit()

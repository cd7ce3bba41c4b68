"""What is looked at instead of the canvas: a flow's versions, what another file has of different."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from otn_studio.studio.document.files import Files
from otn_studio.studio.elsewhere.bar import ElsewhereBar
from otn_studio.studio.flows.open_flows import OpenFlows
from otn_studio.studio.later import Later
from otn_studio.studio.services.services import Publishing
from otn_studio.studio.theme.theme import Theme

if TYPE_CHECKING:
    from otn_studio.studio.compare.page import ComparePage
    from otn_studio.studio.versions.page import VersionsPage

FLOWS, VERSIONS, COMPARE = "flows", "versions", "compare"


class BesideCanvas(QObject):
    """``wanted``: the page of this name is to be shown. ``bar`` is for the window, below the tabs."""

    wanted = Signal(str)
    said = Signal(str)

    def __init__(
        self, flows: OpenFlows, files: Files, publishing: Publishing, theme: Theme
    ) -> None:
        super().__init__()
        self._flows = flows
        self._files = files
        self._publishing = publishing
        self._theme = theme
        self._versions = Later(self._made_versions)
        self._compare = Later(self._made_compare)
        self.bar = ElsewhereBar(theme)
        self.bar.compare_wanted.connect(self._compare_with_own_file)

    @property
    def pages(self) -> dict[str, QWidget]:
        """By their names."""
        return {VERSIONS: self._versions, COMPARE: self._compare}

    def show_versions(self) -> None:
        """Of the flow that is shown."""
        if self._flows.current is not None:
            self._versions.made.show_flow(self._flows.current.document)
            self.wanted.emit(VERSIONS)

    def ask_and_compare(self) -> None:
        """The flow that is shown, with a file that the person chooses."""
        if self._flows.current is not None and (other := self._files.ask_and_read()) is not None:
            flow, path = other
            self._compare.made.compare(flow, path.name, self._flows.current.document.flow)
            self.wanted.emit(COMPARE)

    def tell(self, *, is_canvas: bool) -> None:
        """Say below the tabs how it stands with the file of the flow that is shown."""
        current = self._flows.current if is_canvas else None
        name = current.document.flow.name if current is not None else ""
        self.bar.show_state(current and current.elsewhere, name)

    def _made_versions(self) -> "VersionsPage":
        from otn_studio.studio.versions.page import VersionsPage

        page = VersionsPage(self._publishing, self._theme)
        page.left.connect(self._leave)
        page.said.connect(self.said)
        page.publish_wanted.connect(lambda: self._publish(page.window()))
        page.went_back.connect(self._look_at_live)
        return page

    def _made_compare(self) -> "ComparePage":
        from otn_studio.studio.compare.page import ComparePage

        page = ComparePage(self._theme)
        page.left.connect(self._leave)
        return page

    def _leave(self) -> None:
        self.wanted.emit(FLOWS)

    def _publish(self, window: QWidget) -> None:
        """Where one sees what has to be mended first."""
        self._leave()
        self._flows.publish(window)

    def _look_at_live(self) -> None:
        for flow in self._flows.all():
            flow.publisher.look()

    def _compare_with_own_file(self) -> None:
        current = self._flows.current
        if current is not None and current.elsewhere.theirs is not None:
            assert current.document.path is not None
            theirs, name = current.elsewhere.theirs, current.document.path.name
            self._compare.made.compare(theirs, name, current.document.flow)
            self.wanted.emit(COMPARE)

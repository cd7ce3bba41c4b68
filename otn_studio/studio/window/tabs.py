"""The tabs of the open flows, below the bar; the window shows them where there is more than one."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QToolButton

from otn_studio.studio.flows.open_flow import OpenFlow
from otn_studio.studio.flows.open_flows import OpenFlows
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, look
from otn_studio.studio.words import _

UNSAVED = "•"


class FlowTabs(QTabBar):
    """Each has a cross to close it; they can be dragged into another order."""

    def __init__(self, flows: OpenFlows, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("flow_tabs")
        self.setAccessibleName(_("Open flows"))
        look(self, "flows")
        self.setExpanding(False)
        self.setMovable(True)
        self.setUsesScrollButtons(True)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._flows = flows
        self._theme = theme
        self._shown: tuple[OpenFlow, ...] = ()
        flows.changed.connect(self._show)
        self.tabMoved.connect(self._move)
        self.currentChanged.connect(self._choose)

    def _show(self) -> None:
        flows = self._flows.all()
        self.blockSignals(True)
        if flows != self._shown:
            self._make(flows)
        for place, flow in enumerate(flows):
            name = flow.document.flow.name
            is_saved = flow.document.is_saved or flow.is_untouched
            self.setTabText(place, name if is_saved else f"{name} {UNSAVED}")
            self.setTabToolTip(place, f"{flow.document.path or name}\n{flow.state}")
            if flow is self._flows.current:
                self.setCurrentIndex(place)
        self.blockSignals(False)

    def _make(self, flows: tuple[OpenFlow, ...]) -> None:
        while self.count():
            self.removeTab(0)
        for flow in flows:
            place = self.addTab(flow.document.flow.name)
            self.setTabButton(place, QTabBar.ButtonPosition.RightSide, self._cross(flow))
        self._shown = flows

    def _cross(self, flow: OpenFlow) -> QToolButton:
        name = flow.document.flow.name
        cross = QToolButton()
        cross.setObjectName("close_tab")
        look(cross, "chip")
        cross.setToolTip(_("Close “{flow}”", flow=name))
        cross.setAccessibleName(_("Close “{flow}”", flow=name))
        ThemedIcon(cross, self._theme, "x", "quiet")
        cross.clicked.connect(partial(self._flows.close, flow))
        return cross

    def _move(self, start: int, end: int) -> None:
        self._flows.move(start, end)
        self._shown = self._flows.all()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self._flows.show(self._shown[place])

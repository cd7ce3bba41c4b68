"""Going through a conversation step by step, and what can be done with the block that is selected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.checks.conversations.script import Start
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.panel.fields import label
from otn_studio.studio.simulator.model import Simulation
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import ElidedLabel, IconButton
from otn_studio.studio.words import _, shown


class StepBar(QWidget):
    """Back, one on, on to where it stops; and whether it stops at every step."""

    def __init__(self, simulation: Simulation, theme: Theme) -> None:
        super().__init__()
        self._simulation = simulation
        self._back = IconButton(theme, "chevron-left", _("One step back"))
        self._next = IconButton(theme, "chevron-right", _("One step on"))
        self._run = IconButton(theme, "play", _("Go on to the next stop, or to the end"))
        for button, name, do in (
            (self._back, "back", lambda: simulation.look_at(simulation.beat - 1)),
            (self._next, "next", lambda: simulation.look_at(simulation.beat + 1)),
            (self._run, "run", simulation.run),
        ):
            button.setObjectName(f"simulator.{name}")
            button.clicked.connect(do)
        self._slow = QPushButton(_("Step by step"))
        self._slow.setObjectName("simulator.slow")
        self._slow.setProperty("look", "small")
        self._slow.setCheckable(True)
        self._slow.setToolTip(_("Stop at every block, instead of going on by itself"))
        self._slow.toggled.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self._back, self._next, self._run):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._slow)
        simulation.changed.connect(self._show)
        self._show()

    def _choose(self, wanted: bool) -> None:
        self._simulation.is_stepping = wanted

    def _show(self) -> None:
        self._back.setEnabled(self._simulation.beat > 0)
        for button in (self._next, self._run):
            button.setEnabled(not self._simulation.is_at_end)


class BlockBar(QWidget):
    """For the block that is selected: begin there, stop there. ``wanted``: begin with this."""

    wanted = Signal(object)

    def __init__(self, document: Document, selection: Selection, simulation: Simulation) -> None:
        super().__init__()
        self._document, self._selection, self._simulation = document, selection, simulation
        self._name = ElidedLabel("quiet")
        self._begin = QPushButton(_("Begin here"))
        self._begin.setObjectName("simulator.begin_here")
        self._begin.setProperty("look", "small")
        self._begin.setToolTip(_("Let the conversation go on at the selected block"))
        self._begin.clicked.connect(lambda: self.wanted.emit(Start(1, selection.only)))
        self._stop = QPushButton(_("Stop here"))
        self._stop.setObjectName("simulator.stop_here")
        self._stop.setProperty("look", "small")
        self._stop.setCheckable(True)
        self._stop.setToolTip(_("Stop whenever somebody comes to the selected block"))
        self._stop.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._begin)
        row.addStretch(1)
        row.addWidget(self._stop)
        column.addLayout(row)
        selection.changed.connect(self._show)
        simulation.changed.connect(self._show)
        self._show()

    def _choose(self, wanted: bool) -> None:
        self._simulation.stop_at((self._document.flow.id, self._selection.only), wanted)

    def _show(self) -> None:
        flow, only = self._document.flow, self._selection.only
        block = flow.blocks.get(only) if only else None
        for button in (self._begin, self._stop):
            button.setEnabled(block is not None)
        self._stop.setChecked((flow.id, only) in self._simulation.stops)
        if block is None:
            self._name.show_text(_("Select a block to begin or to stop there"))
        else:
            self._name.show_text(shown(label(flow, block)))

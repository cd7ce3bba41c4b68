"""The steps at the assistant's left: which are done, which one is shown, which can be gone to."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from otn_studio.studio.connecting.said import STEPS
from otn_studio.studio.connecting.store import PageRow, Step
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ICON, ThemedIcon, look
from otn_studio.studio.words import _, shown

WIDTH = 208


class StepRail(QFrame):
    """``chosen``: a step to be shown. What comes after the first that is left has to wait."""

    chosen = Signal(Step)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        look(self, "side")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[Step, QPushButton] = {}
        self._icons: dict[Step, ThemedIcon] = {}
        for step in Step:
            button = QPushButton(f"  {shown(STEPS[step].name)}")
            button.setObjectName(f"step_{step}")
            button.setCheckable(True)
            button.setIconSize(QSize(ICON, ICON))
            look(button, "menu")
            button.clicked.connect(lambda _checked, step=step: self.chosen.emit(step))
            self._group.addButton(button)
            column.addWidget(button)
            self._buttons[step] = button
            self._icons[step] = ThemedIcon(button, theme, "circle-dashed", "quiet", fades=False)
        column.addStretch(1)

    def show_row(self, row: PageRow | None, current: Step | None) -> None:
        passed = row.passed if row is not None else frozenset()
        left = row.next_step if row is not None else Step.TOKEN
        self._group.setExclusive(False)  # in the end none is chosen
        for step, button in self._buttons.items():
            done = step in passed
            self._icons[step].show_as(
                *(("check", "success") if done else ("circle-dashed", "quiet"))
            )
            name = shown(STEPS[step].name)
            button.setAccessibleName(_("{step}, done", step=name) if done else name)
            button.setEnabled(done or step is left)
            button.setChecked(step is current)
        self._group.setExclusive(current is not None)

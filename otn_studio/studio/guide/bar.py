"""The guide through a first flow: one step at a time, in a quiet bar below the tabs."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from otn_studio.studio.flows.open_flow import OpenFlow
from otn_studio.studio.guide.lesson import STEPS, Standing, step_at
from otn_studio.studio.guide.pointer import Pointer
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.look import ThemedIcon, look, text
from otn_studio.studio.words import _, shown

WIDTH = 96


class GuideBar(QFrame):
    """Follows one flow until its person has come to the end, or leaves the guide."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("guide")
        look(self, "bar")
        self._guided: OpenFlow | None = None
        self._pointer = Pointer(theme, self)
        icon = text("")
        self._icon = ThemedIcon(icon, theme, "graduation-cap", "accent")
        self._title = text("", "strong")
        self._title.setObjectName("guide_title")
        self._how = QLabel()
        self._how.setObjectName("guide_how")
        self._how.setWordWrap(True)
        look(self._how, "quiet")
        self._progress = QProgressBar()
        self._progress.setRange(0, len(STEPS))
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(WIDTH)
        self._count = text("", "quiet")
        self._count.setObjectName("guide_count")
        self._leave = QPushButton()
        self._leave.setObjectName("leave_guide")
        self._leave.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(icon)
        row.addWidget(self._title)
        row.addWidget(self._how, 1)
        for widget in (self._progress, self._count, self._leave):
            row.addWidget(widget)
        self.hide()

    def begin(self, flow: OpenFlow | None) -> None:
        """Guide through this flow."""
        self._guided = flow
        self.tell(flow)

    def leave(self) -> None:
        self._guided = None
        self._rest()

    def tell(self, current: OpenFlow | None) -> None:
        """Show the next step, where the guided flow is the one that is to be seen."""
        if current is None or current is not self._guided:
            self._rest()
            return
        is_published = current.publisher.live_version is not None
        practises = is_published and current.builder.shows_practice
        number = step_at(Standing(current.document.flow, is_published, practises))
        self._progress.setValue(number)
        is_over = number == len(STEPS)
        self._show(*(_end() if is_over else tuple(map(shown, STEPS[number][:2]))))
        self._count.setText(
            "" if is_over else _("{number} of {count}", number=number + 1, count=len(STEPS))
        )
        self._leave.setText(_("Close") if is_over else _("Leave the guide"))
        self.show()
        if is_over:
            self._pointer.rest()
        else:
            self._pointer.point_at(current.builder, STEPS[number].where(current.document.flow))

    def _rest(self) -> None:
        self._pointer.rest()
        self.hide()

    def _show(self, title: str, how: str) -> None:
        self._title.setText(title)
        self._how.setText(how)


def _end() -> tuple[str, str]:
    return _("That was it"), _("Your first flow is live. Save it, and draw on.")

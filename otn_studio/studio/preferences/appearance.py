"""Light or dark: by the system, or by choice."""

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from otn_studio.studio.theme.theme import Choice, Theme
from otn_studio.studio.widgets.look import ThemedIcon, look
from otn_studio.studio.words import _


class Appearance(QFrame):
    """Three buttons of which one is down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        look(self, "list")
        self._theme = theme
        self._buttons = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(4)
        for place, (choice, icon, words) in enumerate(_choices()):
            button = QPushButton(f" {words}")
            button.setAccessibleName(words)
            button.setObjectName(f"theme_{choice}")
            button.setCheckable(True)
            button.setChecked(theme.choice is choice)
            look(button, "choice")
            ThemedIcon(button, theme, icon, "quiet")
            self._buttons.addButton(button, place)
            row.addWidget(button)
        self._buttons.idClicked.connect(self._choose)

    def _choose(self, place: int) -> None:
        self._theme.choose(_choices()[place][0])


def _choices() -> tuple[tuple[Choice, str, str], ...]:
    return (
        (Choice.SYSTEM, "monitor", _("System")),
        (Choice.LIGHT, "sun", _("Light")),
        (Choice.DARK, "moon", _("Dark")),
    )

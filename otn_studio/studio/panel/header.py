"""The top of the panel: where one is, what is shown, and what it is for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.help.asking import ask_for_help
from otn_studio.studio.panel.names import catalogued, first_sentence, for_menu
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.elided import Elided
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class Header(QFrame):
    """``way`` leads to the title. With ``leads_back``, its first step is a button: ``back``.

    ``page`` is that of the help which has more to say.
    """

    back = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        way: Sequence[str] = (),
        *,
        leads_back: bool = False,
        help: str = "",
        page: str = "",
    ) -> None:
        super().__init__()
        self._theme, self._help, self._page = theme, help, page
        self.back_button: QPushButton | None = None
        self.more: IconButton | None = None
        self.title = text(title, "heading")
        self.title.setObjectName("panel title")
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.MarkdownText)
        self._words.setProperty("look", "quiet")
        self._read_on = QPushButton(_("More in the help"))
        self._read_on.setProperty("look", "crumb")
        self._read_on.setObjectName("panel read on")
        self._read_on.clicked.connect(lambda: ask_for_help(self, page))
        self.setProperty("look", "bar")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(0)
        column.addWidget(self._way(way, leads_back))
        column.addWidget(self.title)
        if help:
            self._words.setContentsMargins(0, 4, 0, 0)
            column.addWidget(self._words)
            column.addWidget(self._read_on, 0, Qt.AlignmentFlag.AlignLeft)
            self._tell(whole=False)

    def stops(self) -> list[QWidget]:
        buttons = (self.back_button, self.more, self._read_on if self._page else None)
        return [button for button in buttons if button is not None]

    def _way(self, way: Sequence[str], leads_back: bool) -> QWidget:
        holder = QWidget()
        holder.setFixedHeight(28)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        rest = list(way)
        if leads_back:
            self.back_button = QPushButton(f"‹ {for_menu(rest.pop(0))}")
            self.back_button.setProperty("look", "crumb")
            self.back_button.setObjectName("panel back")
            self.back_button.setToolTip(_("Back"))
            self.back_button.clicked.connect(self.back)
            line.addWidget(self.back_button)
            rest = ["", *rest] if rest else []
        line.addWidget(Elided(" › ".join(rest), "quiet"), 1)
        self._offer_help(line)
        return holder

    def _offer_help(self, line: QHBoxLayout) -> None:
        if self._page or " ".join(self._help.split()) != first_sentence(self._help):
            self.more = IconButton(self._theme, "circle-question-mark", _("Show all of the help"))
            self.more.setObjectName("panel help")
            self.more.setCheckable(True)
            self.more.toggled.connect(self._tell)
            line.addWidget(self.more)

    def _tell(self, whole: bool) -> None:
        told = catalogued(self._help)
        paragraphs = told.replace("\n\n", "\n\n&nbsp;\n\n")
        self._words.setText(paragraphs if whole else first_sentence(told))
        self._read_on.setVisible(whole and bool(self._page))

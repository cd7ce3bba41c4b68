"""The top of the panel: where one is, what is shown, and what it is for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from otn_studio.studio.panel.controls import IconButton, text_label
from otn_studio.studio.panel.names import catalogued, first_sentence, for_menu
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Header(QFrame):
    """``way`` leads to the title. With ``leads_back``, its first step is a button: ``back``."""

    back = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        way: Sequence[str] = (),
        *,
        leads_back: bool = False,
        help: str = "",
    ) -> None:
        super().__init__()
        self._theme, self._help = theme, help
        self.back_button: QPushButton | None = None
        self.more: IconButton | None = None
        self.title = text_label(title, "heading")
        self.title.setObjectName("panel title")
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.MarkdownText)
        self._words.setProperty("look", "quiet")
        self.setProperty("look", "bar")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 12)
        column.setSpacing(0)
        column.addWidget(self._way(way, leads_back))
        column.addWidget(self.title)
        if help:
            self._words.setContentsMargins(0, 4, 8, 0)
            self._tell(whole=False)
            column.addWidget(self._words)

    def stops(self) -> list[QWidget]:
        return [button for button in (self.back_button, self.more) if button is not None]

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
        line.addWidget(text_label(" › ".join(rest), "quiet"))
        line.addStretch(1)
        self._offer_help(line)
        return holder

    def _offer_help(self, line: QHBoxLayout) -> None:
        if self._help and " ".join(self._help.split()) != first_sentence(self._help):
            self.more = IconButton(self._theme, "circle-question-mark", _("Show all of the help"))
            self.more.setObjectName("panel help")
            self.more.setCheckable(True)
            self.more.toggled.connect(self._tell)
            line.addWidget(self.more)

    def _tell(self, whole: bool) -> None:
        text = catalogued(self._help)
        paragraphs = text.replace("\n\n", "\n\n&nbsp;\n\n")
        self._words.setText(paragraphs if whole else first_sentence(text))

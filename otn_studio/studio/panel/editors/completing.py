"""The list that offers, while one writes in braces, what can stand there."""

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor

from otn_studio.studio.document.document import Document
from otn_studio.studio.panel.completion import Completion, completions
from otn_studio.studio.panel.editors.growing_box import GrowingBox
from otn_studio.studio.panel.editors.suggestions import Suggestion, Suggestions
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.theme.theme import Theme

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_CLOSES = "}}"


class Completing(QObject):
    """Opens as one types, and never where braces are only passed by."""

    def __init__(
        self,
        box: GrowingBox,
        document: Document,
        theme: Theme,
        secrets: KnownSecrets | None = None,
    ) -> None:
        super().__init__(box)
        self._box, self._document, self._secrets = box, document, secrets
        self._theme = theme
        box.textChanged.connect(self._offer)
        box.cursorPositionChanged.connect(self._follow)

    @cached_property
    def offers(self) -> Suggestions:
        """Made when there is first something to offer."""
        offers = Suggestions(self._box, self._theme)
        offers.taken.connect(self._take)
        self._box.destroyed.connect(offers.deleteLater)
        return offers

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.offers.isHidden():
            self._box.removeEventFilter(self)
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            case QEvent.Type.KeyPress:
                return self._key(event.key())
            case QEvent.Type.FocusOut | QEvent.Type.Hide:
                self.offers.hide()
        return False

    def _key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.offers.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.offers.hide()
        elif key in _TAKES and self.offers.current is not None:
            self._take(self.offers.current)
        else:
            return False
        return True

    def _offer(self) -> None:
        if not self._box.hasFocus():
            return
        fits = self._fits()
        if not fits and not self._has_offered:
            return
        self.offers.open_with([Suggestion(f.text, f.label, f.note, makes=f) for f in fits])
        self._box.installEventFilter(self)  # only now: each event of a box would cost a detour

    def _follow(self) -> None:
        """Go away with the cursor."""
        if self._has_offered and not self.offers.isHidden() and not self._fits():
            self.offers.hide()

    @property
    def _has_offered(self) -> bool:
        return "offers" in vars(self)

    def _fits(self) -> list[Completion]:
        secrets = self._secrets.names if self._secrets else ()
        return completions(self._document.flow, self._before(), secrets)

    def _before(self) -> str:
        return self._box.toPlainText()[: self._box.textCursor().position()]

    def _take(self, suggestion: Suggestion) -> None:
        fit = suggestion.makes
        assert isinstance(fit, Completion)
        text, cursor = self._box.toPlainText(), self._box.textCursor()
        is_closed = text[cursor.position() :].lstrip().startswith(_CLOSES)
        move = QTextCursor.MoveOperation.Left
        cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor, fit.over)
        space = "" if self._before()[: cursor.position()].endswith(" ") else " "
        cursor.insertText(f"{space}{fit.text}{'' if is_closed else ' ' + _CLOSES}")
        if not is_closed:
            cursor.movePosition(move, n=len(_CLOSES) + 1)
            self._box.setTextCursor(cursor)
        self.offers.hide()

"""The story of a finding, to be gone through step by step: on a phone, with what it is about above."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.story import Story
from otn_studio.policy.sending import CODES
from otn_studio.studio.panel.problems import Problems
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.story.telling import Beat, Told
from otn_studio.studio.theme import sides
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import IconButton
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _

KEYS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Home: -1_000,
    Qt.Key.Key_End: 1_000,
}


class StoryView(QWidget):
    """``moved``: another beat is shown. ``left``: the person has seen enough. ``tried``: they want to
    go through the story themselves.
    """

    moved = Signal()
    left = Signal()
    tried = Signal(Story)

    def __init__(self, theme: Theme, page_name: str) -> None:
        super().__init__()
        self._told = Told((), frozenset())
        self._story: Story | None = None
        self._number = 0
        self._finding = Problems(theme)
        self._person = text("", "quiet", wraps=True)
        self._person.setObjectName("story.person")
        self._phone = Phone(theme, page_name, live=False)
        self._count = text("", "quiet")
        self._count.setObjectName("story.count")
        self._back = _button("story.back", _("Back"), lambda: self._move(-1))
        self._next = _button("story.next", _("Next"), self._go_on)
        self._next.setProperty("look", "primary")
        self._code = text("", "quiet", wraps=True)
        self._code.setObjectName("story.code")
        self._details = _button("story.details", _("Details"), lambda: None)
        self._details.setProperty("look", "small")
        self._details.setCheckable(True)
        self._details.toggled.connect(self._show)
        self._try = _button("story.try", _("Try it yourself"), self._emit_tried)
        self._try.setProperty("look", "small")
        self._try.setToolTip(_("Go through it in the simulator, and on from wherever you like"))
        self._leave = IconButton(theme, "x", _("Leave the story (Esc)"))
        self._leave.setObjectName("story.leave")
        self._leave.clicked.connect(self.left)
        self._lay_out()
        self.setFocusProxy(self._next)
        for key, by in KEYS.items():
            keys = QShortcut(QKeySequence(key), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda by=by: self._move(by))

    @property
    def phone(self) -> Phone:
        return self._phone

    @property
    def beat(self) -> Beat:
        """What is shown now."""
        return self._told.beats[self._number]

    @property
    def told(self) -> Told:
        return self._told

    def begin(self, finding: Finding, told: Told, person: str) -> None:
        """Tell a story from its beginning. ``person`` says to whom alone it happens."""
        self._told, self._number, self._story = told, 0, finding.story
        self._finding.show_findings([finding])
        self._person.setText(person)
        self._person.setVisible(bool(person))
        self._details.setChecked(False)
        self._show()

    def _emit_tried(self) -> None:
        self.tried.emit(self._story)

    def _go_on(self) -> None:
        self._move(-len(self._told.beats) if self._is_last else 1)

    @property
    def _is_last(self) -> bool:
        return self._number == len(self._told.beats) - 1

    def _move(self, by: int) -> None:
        number = min(max(self._number + by, 0), len(self._told.beats) - 1)
        if number != self._number:
            self._number = number
            self._show()
            self.moved.emit()

    def _show(self) -> None:
        beat, count = self.beat, len(self._told.beats)
        self._phone.show_bubbles(beat.bubbles, follow=True)
        self._phone.go_to_end()
        self._count.setText(_("{number} of {count}", number=self._number + 1, count=count))
        self._back.setEnabled(self._number > 0)
        self._next.setText(_("Once more") if self._is_last else _("Next"))
        by_messenger = beat.refusal in CODES
        self._details.setVisible(by_messenger)
        self._code.setVisible(by_messenger and self._details.isChecked())
        if by_messenger:
            self._code.setText(_code(beat))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title = text(_("How it happens"), "heading")
        head.addWidget(title, 1)
        head.addWidget(self._leave)
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self._back)
        steps.addWidget(self._count, 1, Qt.AlignmentFlag.AlignCenter)
        steps.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(sides.margins(16, 8, 8, 16))
        column.setSpacing(12)
        column.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(sides.margins(0, 0, 8, 0))
        inner.setSpacing(12)
        for widget in (self._finding, self._person):
            inner.addWidget(widget)
        inner.addWidget(self._phone, 1)
        more = QHBoxLayout()
        more.setSpacing(8)
        more.addWidget(self._details)
        more.addStretch(1)
        more.addWidget(self._try)
        inner.addLayout(more)
        inner.addWidget(self._code)
        inner.addStretch()
        inner.addLayout(steps)
        column.addLayout(inner, 1)


def _code(beat: Beat) -> str:
    code, subcode = CODES[beat.refusal]
    if subcode is None:
        return _("Messenger’s code for this is {code}.", code=code)
    return _("Messenger’s code for this is {code}, with {subcode}.", code=code, subcode=subcode)


def _button(name: str, words: str, do) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.clicked.connect(lambda: do())
    return button

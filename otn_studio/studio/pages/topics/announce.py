"""The small window of Announce: one message to everyone who is waiting."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from otn_studio.policy import limits
from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.pages.topics.topic_list import TopicList
from otn_studio.studio.services.services import TopicRow
from otn_studio.studio.widgets.counted import Count
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.words import _


class AnnounceWindow(SmallDialog):
    """Asks for the message. ``announced``: to how many people it goes."""

    announced = Signal(int)

    def __init__(self, topic: TopicRow, topics: TopicList, parent: QWidget) -> None:
        title = _("Announce “{name}”", name=topic.name)
        super().__init__(parent, "announce_window", title, width=480)
        self._topic = topic
        self._topics = topics
        self._count = Count("announce_count", limits.TEXT)
        self._reach = text(_("One moment…"), wraps=True)
        self._text = QPlainTextEdit()
        self._text.setObjectName("announce_text")
        self._text.setAccessibleName(_("Message"))
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText(_("They are back, in all sizes."))
        self._text.setFixedHeight(120)
        self._text.textChanged.connect(self._say)
        self._lay_out()
        keep = self.add_button("not_now", _("Not now"), default=True)
        keep.clicked.connect(self.reject)
        self._send = self.add_button("send", _("Send"), "primary")
        self._send.clicked.connect(self._try)
        self._send.setEnabled(False)
        topics.reach(topic.id, self._reaches, self._refused)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        label = text(_("Message"), "label")
        label.setBuddy(self._text)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._count)
        self.column.addLayout(head)
        self.column.addWidget(self._text)
        self.column.addSpacing(4)
        self._reach.setObjectName("announce_reach")
        self.column.addWidget(self._reach)
        self.add_problem("announce_problem")

    def _reaches(self, people: int) -> None:
        """Only now is it known to how many it goes."""
        self._reach.setText(topic_words.reach(people, self._topic.frequency))
        self._send.setText(topic_words.send_to(people) if people else _("Send"))
        self._send.setEnabled(people > 0)

    def _say(self) -> None:
        written = self._text.toPlainText()
        self._count.show_length(len(written))
        self._complain(_complaint(written) if written.strip() else "")

    def _try(self) -> None:
        written = self._text.toPlainText()
        if wrong := _complaint(written):
            self._complain(wrong)
            self._text.setFocus()
            return
        self._wait(True)
        self._topics.announce(self._topic.id, written, self._done, self._refused)

    def _done(self, people: int) -> None:
        self.announced.emit(people)
        self.accept()

    def _refused(self, words: str) -> None:
        self._wait(False)
        self._complain(words)

    def _wait(self, waits: bool) -> None:
        self._send.setEnabled(not waits)
        self._text.setEnabled(not waits)

    def _complain(self, words: str) -> None:
        mark(self._text, bool(words))
        self.complain(words)


def _complaint(written: str) -> str:
    if not written.strip():
        return _("Write the message first.")
    over = len(written) - limits.TEXT
    return (
        _("Messenger takes {limit} characters. Shorten it by {over}.", limit=limits.TEXT, over=over)
        if over > 0
        else ""
    )

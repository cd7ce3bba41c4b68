"""The small window of + New Topic."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from otn_studio.flow.document import Topic
from otn_studio.policy import limits
from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.pages.topics.how_often import FREQUENCIES, explained, how_often
from otn_studio.studio.pages.topics.topic_list import TopicList
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.controls import CheckBox
from otn_studio.studio.widgets.counted import Count
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import mark, text
from otn_studio.studio.widgets.segments import Segments
from otn_studio.studio.words import _


class NewTopicWindow(SmallDialog):
    """Asks for a name and how often. ``added``: the topic is there, by its id."""

    added = Signal(str)

    def __init__(self, topics: TopicList, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, "new_topic_window", _("New Topic"))
        self._topics = topics
        self._count = Count("new_topic_count", limits.TOPIC_NAME)
        self._name = QLineEdit()
        self._name.setObjectName("new_topic_name")
        self._name.setAccessibleName(_("Name"))
        self._name.setPlaceholderText(_("Blue sneakers"))
        self._name.textChanged.connect(self._say)
        self._often = Segments("new_topic_often", [how_often(each) for each in FREQUENCIES])
        self._often.chosen.connect(self._explain)
        self._explained = text("", "quiet", wraps=True)
        self._explained.setObjectName("new_topic_explained")
        self._asks_again = CheckBox(theme, _("If a yes runs out, let Messenger ask again"))
        self._asks_again.setObjectName("new_topic_asks_again")
        self._asks_again.setChecked(True)
        self._lay_out()
        self._explain()
        self._cancel = self.add_button("cancel_topic", _("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._add = self.add_button("add_topic", _("Add"), "primary", default=True)
        self._add.clicked.connect(self._try)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        label = text(_("Name"), "label")
        label.setBuddy(self._name)
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._count)
        explained = _("A topic is something that people can ask to be told about.")
        self.column.addWidget(text(explained, "quiet", wraps=True))
        self.column.addSpacing(12)
        self.column.addLayout(head)
        self.column.addWidget(self._name)
        self.add_problem("new_topic_problem")
        self.column.addSpacing(8)
        self.column.addWidget(text(_("How often"), "label"))
        self.column.addWidget(self._often)
        self.column.addWidget(self._explained)
        self.column.addWidget(self._asks_again)

    def _say(self, name: str) -> None:
        """Say at once what is wrong; that it is still empty, only to those who press Add."""
        self._count.show_length(len(topic_words.tidied(name)))
        self._complain(topic_words.complaint(name, self._topics.rows) if name.strip() else "")

    def _explain(self) -> None:
        """What one yes is good for. A one-time yes does not end before it is used or a year is over."""
        frequency = FREQUENCIES[self._often.number]
        self._explained.setText(explained(frequency))
        self._asks_again.setVisible(frequency is not None)
        self.grow()

    def _try(self) -> None:
        name = topic_words.tidied(self._name.text())
        if wrong := topic_words.complaint(name, self._topics.rows):
            self._complain(wrong)
            return
        self._wait(True)
        frequency = FREQUENCIES[self._often.number]
        asks_again = self._asks_again.isChecked() if frequency else True
        self._topics.add(Topic(name, frequency, asks_again), self._is_there, self._refused)

    def _is_there(self, id: str) -> None:
        self.added.emit(id)
        self.accept()

    def _refused(self, words: str) -> None:
        self._wait(False)
        self._complain(words)

    def _wait(self, waits: bool) -> None:
        self._add.setEnabled(not waits)
        for input in (self._name, self._often, self._asks_again):
            input.setEnabled(not waits)

    def _complain(self, words: str) -> None:
        mark(self._name, bool(words))
        self.complain(words)
        self._name.setAccessibleDescription(words)
        if words:
            self._name.setFocus()

"""The question before a topic goes that somebody would miss."""

from PySide6.QtWidgets import QWidget

from otn_studio.studio.pages.topics import topic_words
from otn_studio.studio.services.services import TopicRow
from otn_studio.studio.widgets.dialog import SmallDialog
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _


class DeleteTopicWindow(SmallDialog):
    """Says what it costs. ``accepted``: delete it."""

    def __init__(self, topic: TopicRow, parent: QWidget) -> None:
        super().__init__(parent, "delete_topic_window", _("Delete this topic?"))
        cost = text(topic_words.cost(topic), wraps=True)
        cost.setObjectName("delete_cost")
        self.column.addWidget(cost)
        self.setAccessibleDescription(cost.text())
        delete = self.add_button("delete_topic", _("Delete topic"), "danger")
        delete.clicked.connect(self.accept)
        keep = self.add_button("keep_topic", _("Keep it"), "primary", default=True)
        keep.clicked.connect(self.reject)
        keep.setFocus()

"""The topics to choose from: the flow's own, and the Page's, fetched in the background."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Topic
from otn_studio.studio.background import Background
from otn_studio.studio.document.document import Document
from otn_studio.studio.panel.names import compared
from otn_studio.studio.services.services import TopicRow, Topics
from otn_studio.studio.words import _, shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic on the shelf. ``held`` counts its permissions; none where the Page has no such topic."""

    id: str
    topic: Topic
    held: int | None

    @property
    def name(self) -> str:
        return self.topic.name


class Shelf(QObject):
    """``changed``: there are other topics. ``refused``: the Page did not take this topic, and why."""

    changed = Signal()
    refused = Signal(str, str)

    def __init__(self, document: Document, topics: Topics, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._topics = topics
        self._background = Background(self)
        self._rows: Sequence[TopicRow] = ()
        self.refresh()

    def refresh(self) -> None:
        """Ask the Page again."""
        self._background.run(self._topics.all, self._take, self._keep)

    @property
    def is_asking(self) -> bool:
        """Whether an answer of the Page is still to come."""
        return self._background.is_busy

    def entries(self) -> list[Entry]:
        """By name. Where flow and Page both know a topic, the Page's name is the right one."""
        own = {id: Entry(id, topic, None) for id, topic in self._document.flow.topics.items()}
        rows = {row.id: Entry(row.id, _topic(row), row.held) for row in self._rows}
        return sorted((own | rows).values(), key=lambda entry: compared(entry.name))

    def topic(self, id: str) -> Topic | None:
        return next((entry.topic for entry in self.entries() if entry.id == id), None)

    def add(self, id: str, topic: Topic) -> None:
        """Tell the Page of a topic that the flow has already."""
        self._background.run(
            lambda: self._topics.add(id, topic.name, topic.frequency, topic.asks_again),
            lambda _done: self.refresh(),
            lambda error: self.refused.emit(id, _reason(error)),
        )

    def _take(self, rows: Sequence[TopicRow]) -> None:
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()

    def _keep(self, error: Exception) -> None:
        """The Page can't be asked now: what is known stays, the flow's own topics are always there."""


def _topic(row: TopicRow) -> Topic:
    return Topic(row.name, row.frequency, row.asks_again)


def _reason(error: Exception) -> str:
    if isinstance(error, Problem):
        return shown(error.words)
    return _("The Page could not be told of this topic. It is in this flow, and goes with it.")

"""Finding people in the background: a screenful comes at once, and the rest little by little."""

from array import array
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from otn_studio.flow.audience import EVERYBODY, Audience
from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.people import Contacts


class _Feed(QObject):
    """Brings what a search finds from its thread; it outlives whoever listens."""

    found = Signal(int, object)


class Finder(QObject):
    """``began``: other people are looked for, and these are the first. ``went_on``: these as well.
    ``newcomers``: these came since. ``ended``: that was all, or it failed.
    """

    began = Signal(object)
    went_on = Signal(object)
    newcomers = Signal(object)
    ended = Signal()

    def __init__(self, contacts: Contacts, parent: QObject) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._background = Background(self)
        self._feed = _Feed()
        self._feed.found.connect(self._found)
        self._round, self._is_first, self._newest = 0, True, 0
        self.audience = EVERYBODY
        self.is_busy = False
        self.problem = ""

    def look_for(self, audience: Audience) -> None:
        """Leave the search that is under way, and begin another."""
        self._round += 1
        self._is_first, self.is_busy = True, True
        self.audience, self.problem = audience, ""
        round, feed = self._round, self._feed

        def work() -> None:
            for ids in self._ids(audience):
                if round != self._round:
                    return
                feed.found.emit(round, array("q", ids))

        self._background.run(work, lambda _: self._end(round), lambda e: self._end(round, e))

    def look_for_newcomers(self) -> None:
        """See who came meanwhile, where everybody is shown."""
        if self.is_busy or not self.audience.is_everybody:
            return
        round = self._round
        self._background.run(
            lambda: next(iter(self._ids(EVERYBODY)), ()),
            lambda ids: self._newcomers(round, ids),
            lambda error: None,
        )

    def _ids(self, audience: Audience) -> Iterator:
        return self._contacts.ids(audience)

    def _found(self, round: int, ids: array) -> None:
        if round != self._round:
            return
        if self._is_first:
            self._newest = ids[0] if ids else 0
            self.began.emit(ids)
        elif ids:
            self.went_on.emit(ids)
        self._is_first = False

    def _newcomers(self, round: int, ids: list[int]) -> None:
        newer = array("q", (id for id in ids if id > self._newest))
        if round == self._round and newer:
            self._newest = newer[0]
            self.newcomers.emit(newer)

    def _end(self, round: int, error: Exception | None = None) -> None:
        if round == self._round:
            self.is_busy = False
            self.problem = sentence(error) if error is not None else ""
            self.ended.emit()

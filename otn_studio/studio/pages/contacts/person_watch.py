"""The person who is open: asked for anew now and then, and all that is done with them, in order."""

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.people import Contacts, Moment, Person

Told = Callable[[Any], None]


class PersonWatch(QObject):
    """``changed``: another person, or something about them. ``told``: another timeline, or more of
    it. ``gone``: they are not there any more. ``failed`` says why something did not work.
    """

    changed = Signal()
    told = Signal()
    gone = Signal(int)
    failed = Signal(str)

    def __init__(self, contacts: Contacts, parent: QObject) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._background = Background(self)
        self._waiting: deque[tuple[Callable[[], Any], Told | None]] = deque()
        self._works = False
        self._round = 0
        self._rest: Any = None
        self._pages = 1
        self.id: int | None = None
        self.person: Person | None = None
        self.moments: tuple[Moment, ...] = ()

    @property
    def has_earlier(self) -> bool:
        return self._rest is not None

    def open(self, id: int) -> None:
        if id != self.id:
            self.id, self.person, self.moments, self._rest = id, None, (), None
            self._pages = 1
            self.changed.emit()
            self.told.emit()
            self.look()

    def close(self) -> None:
        self.id = self.person = None
        self._round += 1

    def look(self) -> None:
        """Ask anew. Where somebody reads what was long ago, the timeline stays as it is."""
        if self.id is None or self._works:
            return
        self._round += 1
        id, round, alone = self.id, self._round, self._pages == 1

        def work() -> tuple:
            return self._contacts.person(id), self._contacts.timeline(id) if alone else None

        self._background.run(
            work, lambda found: self._heard(round, id, *found), lambda e: self._unheard(round, e)
        )

    def earlier(self) -> None:
        """More of the timeline."""
        if self.id is None or self._rest is None:
            return
        self._round += 1
        id, round, rest = self.id, self._round, self._rest
        self._background.run(
            lambda: self._contacts.timeline(id, rest),
            lambda found: self._heard_more(round, *found),
            lambda e: self._unheard(round, e),
        )

    def do(self, work: Callable[[], Any], then: Told | None = None) -> None:
        """Do something with them, after what was to be done before."""
        self._waiting.append((work, then))
        self._next()

    def _next(self) -> None:
        if self._works or not self._waiting:
            return
        self._works = True
        self._round += 1
        work, then = self._waiting.popleft()
        self._background.run(work, lambda answer: self._done(then, answer), self._not_done)

    def _done(self, then: Told | None, answer: Any) -> None:
        self._works = False
        self._pages = 1
        if then is not None:
            then(answer)
        self._next()
        self.look()

    def _not_done(self, error: Exception) -> None:
        self._works = False
        self.failed.emit(sentence(error))
        self._next()
        self.look()

    def _heard(self, round: int, id: int, person: Person | None, timeline: tuple | None) -> None:
        if round != self._round:
            return
        if person is None:
            self.close()
            self.gone.emit(id)
            return
        if person != self.person:
            self.person = person
            self.changed.emit()
        if timeline is not None:
            moments, self._rest = timeline
            if tuple(moments) != self.moments or not moments:
                self.moments = tuple(moments)
                self.told.emit()

    def _heard_more(self, round: int, moments: list[Moment], rest: Any) -> None:
        if round == self._round:
            self._pages += 1
            self.moments, self._rest = (*self.moments, *moments), rest
            self.told.emit()

    def _unheard(self, round: int, error: Exception) -> None:
        if round == self._round:
            self.failed.emit(sentence(error))

"""Putting up what the Page shows before anybody writes: Get Started, the menu, questions.

It is made of all live flows. What Messenger was last told stands in the database, so that it is told
again only when something has changed, by whichever process. Messenger allows ten calls in ten minutes;
we make two at most in two.
"""

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.blocks.start.menu_entry import MenuEntry
from otn_studio.interpreter.program import Program
from otn_studio.messenger.graph import CallFailed
from otn_studio.messenger.page_profile import PARTS, Entry, page_profile
from otn_studio.policy import limits
from otn_studio.runtime.clock import Clock
from otn_studio.runtime.page import Page
from otn_studio.storage import pages
from otn_studio.storage.database import Database

log = logging.getLogger(__name__)

PAUSE: Final = timedelta(minutes=2)
LONGEST_PAUSE: Final = timedelta(hours=1)


class Display(Protocol):
    """Where it is put up."""

    def set_profile(
        self, page_id: str, profile: Mapping[str, Any], gone: Sequence[str]
    ) -> None: ...


def shown_by(programs: Iterable[Program]) -> dict[str, Any]:
    """What these flows want to be shown; nothing, where none of them needs a profile."""
    starts = [
        (program, id, start)
        for program in sorted(programs, key=lambda program: program.flow_id)
        for id, start in sorted(program.starts())
    ]
    if not any(isinstance(s, GetStarted | MeLink | MenuEntry | IceBreaker) for *_, s in starts):
        return {}
    menu = [s for s in starts if isinstance(s[2], MenuEntry) and s[2].text.strip()]
    questions = [s for s in starts if isinstance(s[2], IceBreaker) and s[2].question.strip()]
    return page_profile(
        [_entry(p, id, s.text, "text") for p, id, s in sorted(menu, key=_place)][
            : limits.MENU_ENTRIES
        ],
        [_entry(p, id, s.question, "question") for p, id, s in sorted(questions, key=_place)][
            : limits.ICE_BREAKERS
        ],
    )


def _place(start: tuple[Program, str, MenuEntry | IceBreaker]) -> int:
    return start[2].place


def _entry(program: Program, block: str, text: str, way: str) -> Entry:
    spoken = program.flow.texts_of(block).items()
    translations = {language: texts[way] for language, texts in spoken if texts.get(way)}
    return Entry(program.flow_id, block, text, translations)


class Showing:
    """Says when there is something to put up, and puts it up from a thread of its own."""

    def __init__(self, database: Database, page: Page, display: Display, clock: Clock) -> None:
        self._database = database
        self._page = page
        self._display = display
        self._clock = clock
        self._not_before: datetime | None = None
        self._pause = PAUSE
        self._wanted: tuple[Program, ...] | None = None
        self._thread: threading.Thread | None = None

    def look(self, programs: Iterable[Program]) -> None:
        """Put up what these flows want, if that is something new and it is time."""
        live = tuple(programs)
        too_soon = self._not_before is not None and self._clock.now() < self._not_before
        if live == self._wanted or too_soon or (self._thread and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._put_up, args=(live,), name="showing")
        self._thread.start()

    def stop(self) -> None:
        """Wait for what is being put up."""
        if self._thread is not None:
            self._thread.join()

    def _put_up(self, live: tuple[Program, ...]) -> None:
        wanted = shown_by(live)
        with self._database.reading() as connection:
            before = pages.shown(connection, self._page.id)
        if wanted != (before or {}):
            try:
                self._tell(wanted, before or {})
            except Exception as problem:
                self._fail(problem)
                return
            self._pause, self._not_before = PAUSE, self._clock.now() + PAUSE
        self._wanted = live

    def _tell(self, wanted: dict[str, Any], before: dict[str, Any]) -> None:
        gone = [part for part in PARTS if part in before and part not in wanted]
        self._display.set_profile(self._page.id, wanted, gone)
        with self._database.writing() as connection:
            pages.ensure(connection, self._page.id)
            pages.set_shown(connection, self._page.id, wanted)

    def _fail(self, problem: Exception) -> None:
        ours = not isinstance(problem, CallFailed)
        log.warning("the Page's menu was not put up: %s", problem, exc_info=ours)
        self._not_before = self._clock.now() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE)

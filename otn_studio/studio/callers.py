"""Hears of studios that are started while this one is open, and takes over their flows."""

import logging
import shutil
import sys
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from otn_studio.studio import calling

log = logging.getLogger(__name__)

WAITING: Final = 16
"""So many callers may wait for their turn."""
SECONDS: Final = 1.5
"""Until the window must have heard a caller, who waits a little longer."""


class Callers(QObject):
    """``called``: one wants the window, with these flows.

    A caller is answered when the window has heard it. One that is not heard for too long opens a window
    of its own.
    """

    called = Signal(list)
    _heard = Signal(Future, list)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._home = None if sys.platform == "win32" else Path(mkdtemp(prefix="otn-studio-"))
        self._address = str(self._home / "calls") if self._home else _pipe()
        self._listener = Listener(self._address, backlog=WAITING)
        self._is_open = True
        self._heard.connect(self._take)
        self._thread = Thread(target=self._listen, name="callers", daemon=True)
        self._thread.start()
        self._card = calling.card(folder)
        self._card.write_text(self._address, "utf-8")

    def close(self) -> None:
        """Listen no longer."""
        self._is_open = False
        with suppress(OSError):
            if self._card.read_text("utf-8") == self._address:
                self._card.unlink()
            Client(self._address).close()  # it listens once more, and ends
        self._thread.join(calling.PATIENCE)
        self._listener.close()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)

    def _listen(self) -> None:
        """In a thread."""
        while self._is_open:
            try:
                with self._listener.accept() as line:
                    self._answer(line)
            except (OSError, ValueError, EOFError, RuntimeError) as problem:
                log.info("nobody understands a call: %s", type(problem).__name__)

    def _answer(self, line: Connection) -> None:
        if not self._is_open or (flows := calling.read(line)) is None:
            return
        heard: Future[None] = Future()
        self._heard.emit(heard, flows)
        with suppress(TimeoutError):
            heard.result(SECONDS)
        if not heard.cancel():
            line.send_bytes(calling.TAKEN)

    @Slot(Future, list)
    def _take(self, heard: "Future[None]", flows: list[Path]) -> None:
        if heard.set_running_or_notify_cancel():
            heard.set_result(None)
            self.called.emit(flows)


def _pipe() -> str:
    return rf"\\.\pipe\otn-studio-{token_hex(16)}"

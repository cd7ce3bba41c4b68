"""What happened, line by line, and what it counts for: the same in every run of the same seed."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime


class Violation(AssertionError):
    """A promise was broken. ``check`` is the name of the one that noticed."""

    def __init__(self, check: str, words: str) -> None:
        super().__init__(f"{check}: {words}")
        self.check = check


class Trace:
    """Keeps a digest of the lines; ``show`` is handed each of them."""

    def __init__(self, now: Callable[[], datetime], show: Callable[[str], None] | None) -> None:
        self.now = now
        self._show = show
        self._digest = hashlib.sha256()
        self.counts: Counter[str] = Counter()

    def note(self, what: str, *details: object) -> None:
        """A line, which counts as one of its kind."""
        self.counts[what] += 1
        line = " ".join([self.now().isoformat(), what, *map(str, details)])
        self._digest.update(line.encode() + b"\n")
        if self._show is not None:
            self._show(line)

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

"""How often other systems may call, and how long their calls are known."""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Final

CALLS_A_MINUTE: Final = 60
"""With one key."""
WRONG_A_MINUTE: Final = 30
"""Without a good one, from wherever."""
KEEP_KEYS: Final = timedelta(days=7)
"""So long an announcement is known by its ``Idempotency-Key``."""
_MINUTE: Final = 60.0


class Limit:
    """So many calls in any minute for each caller. Any thread may ask."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._calls: dict[Hashable, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, caller: Hashable) -> float:
        """Count a call; else say after how many seconds there may be another one."""
        with self._lock:
            now, calls = self._clock(), self._calls.setdefault(caller, deque())
            while calls and now - calls[0] >= _MINUTE:
                calls.popleft()
            if len(calls) >= self._most:
                return calls[0] + _MINUTE - now
            calls.append(now)
            return 0.0

"""How much of something was let through lately."""

from collections import deque


class Meter:
    """Lets no more through in any stretch of ``seconds`` than it is told to."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def takes(self, at: float, most: float) -> bool:
        """Whether one more is let through at this instant; then it counts. 0: as many as come."""
        while self._taken and not 0 <= at - self._taken[0] < self._seconds:
            self._taken.popleft()
        if not most:
            return True
        if len(self._taken) >= most:
            return False
        self._taken.append(at)
        return True

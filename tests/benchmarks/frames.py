"""What a frame costs, and what the process holds."""

import math
import resource
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

WIDTH, HEIGHT = 1600, 900
ROUNDS, FRAMES = 5, 12
Figures = dict[str, Any]


def cpu(step: Callable[[], object], rounds: int = ROUNDS, frames: int = FRAMES) -> float:
    """Milliseconds of a frame: the median of some in a row, of the best round."""
    best = math.inf
    for _round in range(rounds):
        took = []
        for _frame in range(frames):
            began = time.process_time()
            step()
            took.append((time.process_time() - began) * 1_000)
        best = min(best, median(took))
    return best


def memory() -> float:
    """Megabytes that the process holds now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20

"""Figures: repeated, as median and spread, and as ratios that say whether an aim was met."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

WIDTH = 44
FDATASYNCS = 300
_AT_LEAST, _AT_MOST = "at least", "at most"


@dataclass(frozen=True)
class Series:
    """The same thing, measured several times."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    def __str__(self) -> str:
        return f"{_short(self.middle)} ({_short(min(self.values))} … {_short(max(self.values))})"


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def line(what: str, figure: object, unit: str = "") -> None:
    print(f"  {what + ':':{WIDTH}} {figure} {unit}".rstrip(), flush=True)


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Series:
    """Of every repetition its own ratio, since the machine's mood is the same for both sides."""
    return Series(tuple(one / other for one, other in zip(ours, theirs, strict=True)))


def at_least(what: str, figure: Series, aim: float, unit: str = "") -> bool:
    return _verdict(what, figure, aim, unit, _AT_LEAST, figure.middle >= aim)


def at_most(what: str, figure: Series, aim: float, unit: str = "") -> bool:
    return _verdict(what, figure, aim, unit, _AT_MOST, figure.middle <= aim)


def percentile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def machine(folder: Path) -> None:
    """What else the machine was doing, and how fast its disk is now."""
    loads = " ".join(f"{load:.1f}" for load in os.getloadavg())
    line("load of the machine, 1, 5 and 15 minutes", loads, f"on {os.cpu_count()} cores")
    times = fdatasync_times(folder)
    line("the disk now", f"{1 / median(times):,.0f} fdatasync/s", f"(p50 {_micro(times)} µs)")


def fdatasync_times(folder: Path) -> list[float]:
    """How long it takes, in seconds, to bring a page to the disk: the floor of any commit."""
    file = os.open(folder / "fdatasync", os.O_CREAT | os.O_WRONLY)
    page, times = os.urandom(4096), []
    try:
        for number in range(FDATASYNCS):
            os.pwrite(file, page, number * len(page))
            began = time.perf_counter()
            os.fdatasync(file)
            times.append(time.perf_counter() - began)
    finally:
        os.close(file)
    return times


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on the disk that is measured: where ``TMPDIR`` points, else the system's."""
    with TemporaryDirectory(prefix="otn-studio-") as path:
        yield Path(path)


def _verdict(what: str, figure: Series, aim: float, unit: str, sense: str, met: bool) -> bool:
    outcome = "met" if met else "MISSED"
    line(what, figure, f"{unit} - aim {sense} {aim:g}: {outcome}".lstrip())
    return met


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _micro(times: Sequence[float]) -> str:
    return f"{median(times) * 1e6:.0f}"

"""Frames of the canvas at 200 to 10,000 blocks, beside one QPainter pass and NodeGraphQt.

``python -m tests.benchmarks.canvas``; with ``--alone`` without NodeGraphQt, which is fetched
into an environment of its own. Every size runs in a process of its own, offscreen at 1600 × 900. Times
are of the CPU, since the cores may be shared, and the best of several rounds.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from tests.benchmarks.frames import Figures
from tests.benchmarks.measuring import Series, at_most, folder, line, machine, title

SIZES = (200, 1_000, 5_000, 10_000)
FRAME_AIMS = {200: 5.0, 1_000: 5.0, 5_000: 10.0}
BUSY, BUSY_AIM = 1_000, 8.0
"""A block with many connections among so many blocks, and the milliseconds of a frame."""
MEMORY_AT, MEMORY_AIM, PASS_AIM = 5_000, 160.0, 1.3
BUILD_AIM, THEIR_MEMORY_AIM = 1 / 50, 1 / 12
FRAME_KINDS = ("redraw", "pan", "drag")
ALONE = "memory MB at the end, without the checks"
"""Beside a peer that checks nothing. The aims are those of the whole process."""
PACKAGES = ("NodeGraphQt", "PySide6-Essentials<6.12", "setuptools<81")
PATIENCE_SECONDS = 900


def _ours(kind: str, count: int) -> Figures:
    return in_a_process(sys.executable, "our_canvas", kind, str(count))


def in_a_process(python: str, module: str, *arguments: str) -> Figures:
    """The figures that a module here prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "1"}
    command = [python, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-400:] or f"it ended with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def their_python(folder: Path) -> str:
    """A new environment with NodeGraphQt."""
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *PACKAGES],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )
    return python


def compare(ours: dict[int, Figures]) -> None:
    """NodeGraphQt in the same run."""
    try:
        with folder() as path:
            python = their_python(path)
            for count in SIZES:
                title(f"NodeGraphQt, {count:,} blocks")
                found = in_a_process(python, "peers.nodegraphqt_canvas", str(count))
                beside(count, ours[count], found)
    except (OSError, subprocess.SubprocessError, RuntimeError) as problem:
        line("skipped", f"it can't be had or run here: {problem}")


def beside(count: int, ours: Figures, found: Figures) -> None:
    """Ours as a share of theirs; the aims are those at the largest size."""
    for name, figure in found.items():
        line(name, f"{figure:,.2f}")
    aims = {"build s": BUILD_AIM, "memory MB": THEIR_MEMORY_AIM} if count == SIZES[-1] else {}
    for name in found:
        share = Series((ours[name] / found[name],))
        if name in aims:
            at_most(f"ours / theirs, {name}", share, aims[name])
        else:
            line(f"ours / theirs, {name}", share)
    alone = ours[ALONE] / found["memory MB"]
    line("the same, without the checks", Series((alone,)))


def report(count: int, found: Figures) -> None:
    title(f"Our canvas, {count:,} blocks")
    frames = [f"{where} {what}" for where in ("all", "35%", "100%") for what in FRAME_KINDS]
    for name, figure in found.items():
        if name in (*frames, "zoom step") and count in FRAME_AIMS:
            at_most(f"{name}, ms", Series((figure,)), FRAME_AIMS[count])
        elif name == "memory MB at the end" and count == MEMORY_AT:
            at_most(name, Series((figure,)), MEMORY_AIM)
        else:
            line(name, f"{figure:.3g}")
    if count == SIZES[-1]:
        ratio = Series((found["all redraw"] / found["one pass"],))
        at_most("all redraw / one pass of a painter", ratio, PASS_AIM)


def report_busy(found: Figures) -> None:
    title(f"A block with {found.pop('connections')} connections among {BUSY:,} blocks")
    for name, figure in found.items():
        at_most(f"{name}, ms", Series((figure,)), BUSY_AIM)


def main() -> None:
    title("The machine")
    with folder() as path:
        machine(path)
    ours = {}
    for count in SIZES:
        found = _ours("checked", count)
        found[ALONE] = _ours("unchecked", count)["memory MB at the end"]
        report(count, found)
        ours[count] = found
    report_busy(_ours("busy", BUSY))
    if "--alone" not in sys.argv:
        compare(ours)


if __name__ == "__main__":
    main()

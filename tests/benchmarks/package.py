"""The packaged program beside a bare one of PySide6, packed the same way: its size and its start.

``python -m tests.benchmarks.package``, after ``make package``. Both are started in turns on a screen of
Xvfb, until the screen shows something.
"""

import ast
import mmap
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import otn_studio
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series

ROOT = Path(otn_studio.__file__).parents[1]
OURS = ROOT / "dist" / "otn-studio" / "otn-studio"
REPETITIONS = 7
SIZE_AIM, START_AIM = 3.0, 3.0
DISPLAY = ":96"
WIDTH, HEIGHT = 1440, 900
ROW = 4 * WIDTH
MEGABYTE = 1_000_000
SECONDS = 60.0
BARE = f"""
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
window = QLabel("A window")
window.resize({WIDTH}, {HEIGHT})
window.show()
app.exec()
"""
PACKED = """
found = Analysis(["bare.py"], excludes=WITHOUT)
bare = EXE(PYZ(found.pure), found.scripts, exclude_binaries=True, name="bare", console=True)
COLLECT(bare, reached(wanted(found.binaries)), wanted(found.datas), name="bare")
"""


def main() -> bool:
    measuring.title("The packaged program")
    if not OURS.exists():
        raise SystemExit("There is no packaged program yet: make package")
    with measuring.folder() as folder:
        bare = _packed(folder)
        sizes = {program: _size(program.parent) for program in (bare, OURS)}
        for name, program in (("a bare PySide6 program", bare), ("OTN Studio", OURS)):
            measuring.line(name, f"{sizes[program] / MEGABYTE:.0f}", "MB")
        size = Series((sizes[OURS] / sizes[bare],))
        met = [measuring.at_most("ratio", size, SIZE_AIM)]
        with _screen(folder) as screen:
            _start(OURS, folder, screen)  # makes the database
            pairs = [
                tuple(_start(program, folder, screen) for program in (bare, OURS))
                for _ in range(REPETITIONS)
            ]
        theirs, ours = zip(*pairs, strict=True)
        measuring.line("start until painted, bare", Series(theirs), "s")
        measuring.line("start until painted, OTN Studio", Series(ours), "s")
        met.append(measuring.at_most("ratio", measuring.ratios(ours, theirs), START_AIM))
        measuring.machine(folder)
    return all(met)


def _packed(folder: Path) -> Path:
    """The bare program, by the rules of our own spec."""
    spec = ast.parse((ROOT / "otn_studio.spec").read_text("utf-8"))
    rules = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    kept = [node for node in spec.body if isinstance(node, rules) or _is_list_of_names(node)]
    (folder / "bare.py").write_text(BARE)
    (folder / "bare.spec").write_text(ast.unparse(ast.Module(kept, [])) + PACKED)
    command = [sys.executable, "-m", "PyInstaller", "--log-level", "ERROR", "bare.spec"]
    subprocess.run(command, cwd=folder, check=True, stderr=subprocess.DEVNULL)
    subprocess.run([ROOT / "resources/packaging/strip-python", folder / "dist/bare"], check=True)
    return folder / "dist" / "bare" / "bare"


def _is_list_of_names(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Assign):
        return False
    return not any(isinstance(part, (ast.Call, ast.Div)) for part in ast.walk(node.value))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if not file.is_symlink())


@contextmanager
def _screen(folder: Path) -> Iterator[mmap.mmap]:
    """What is to be seen on a screen, as bytes."""
    size = f"{WIDTH}x{HEIGHT}x24"
    command = ["Xvfb", DISPLAY, "-ac", "-screen", "0", size, "-fbdir", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        file = folder / "Xvfb_screen0"
        while not file.exists() or file.stat().st_size < ROW * HEIGHT:
            time.sleep(0.1)
        with file.open("rb") as opened:
            yield mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        server.terminate()


def _start(program: Path, home: Path, screen: mmap.mmap) -> float:
    """Seconds from the command to something on the screen."""
    before = _seen(screen)
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home), "DISPLAY": DISPLAY}
    environment = os.environ | places | {"QT_QPA_PLATFORM": "xcb", "OTN_STUDIO_UPDATES_URL": ""}
    began = time.perf_counter()
    with subprocess.Popen([program], env=environment, stderr=subprocess.DEVNULL) as process:
        while _seen(screen) == before:
            if time.perf_counter() - began > SECONDS:
                process.kill()
                raise RuntimeError(f"{program} showed nothing")
            time.sleep(0.002)
        took = time.perf_counter() - began
        process.kill()
    while _seen(screen) != before:
        time.sleep(0.01)
    return took


def _seen(screen: mmap.mmap) -> bytes:
    """A few rows near the top of the screen."""
    at = len(screen) - ROW * (HEIGHT - 40)
    return screen[at : at + 4 * ROW]


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

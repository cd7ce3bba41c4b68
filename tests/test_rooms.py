"""Who may import whom stands in `pyproject.toml`; that the rooms which need it ask no clock, here."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import otn_studio

PACKAGE = Path(otn_studio.__file__).parent
CLOCKLESS = [
    path
    for room in ("policy", "blocks", "flow", "checks", "interpreter", "exchange")
    for path in sorted((PACKAGE / room).rglob("*.py"))
]
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "localtime", "gmtime", "monotonic"}


def test_rooms_import_only_what_they_may():
    # In a process of its own: it switches off every log that there is.
    lint = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(lint, cwd=PACKAGE.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", CLOCKLESS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_that_is_handed_the_time_asks_no_clock(path):
    assert clocks_asked(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("datetime.now(UTC)", {"now"}),
        ("dt.datetime.utcnow()", {"utcnow"}),
        ("Clock().now()", {"now"}),
        ("default_factory = date.today", {"today"}),
        ("time.time()", {"time"}),
        ("from time import monotonic as m", {"monotonic"}),
        ("turn.now + time", set()),
        ("datetime.combine(day, at.time())", set()),
    ],
)
def test_a_clock_is_seen_where_one_is_asked(source, asked):
    assert clocks_asked(source) == asked


def clocks_asked(source: str) -> set[str]:
    """What a module takes the time from: ``datetime.now``, ``time.time``, ``date.today``."""
    asked = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                asked.add(name)
            case ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=name) if name in CLOCKS:
                asked.add(name)
            case ast.Attribute(value=ast.Name(id="time"), attr=name):
                asked.add(name)
            case ast.ImportFrom(module="time", names=names):
                asked |= {entry.name for entry in names}
    return asked

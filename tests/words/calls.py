"""The sentences that the program's source says, by its calls."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import otn_studio

ROOT = Path(otn_studio.__file__).parents[1]
SAYERS = frozenset({"Words", "_", "say", "_aside", "Problem"})


class Said(NamedTuple):
    """A sentence, with its other form where it counts something, and where it stands."""

    file: str
    one: str
    many: str = ""


def said_in_calls() -> Iterator[Said]:
    """Every sentence that is written as the text of `Words`, `_`, *say*, or any `Problem`."""
    sources = {path: ast.parse(path.read_text("utf-8")) for path in _files()}
    sayers = SAYERS | _problems(sources.values())
    for path, source in sources.items():
        file = path.relative_to(ROOT).as_posix()
        for node in ast.walk(source):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in sayers:
                yield from (Said(file, one, _plural(node)) for one in _texts(node.args[0]))


def _files() -> Iterator[Path]:
    """What the emulator answers is not ours to translate: it is Messenger's, or for programmers."""
    rooms = (ROOT / "otn_studio").rglob("*.py")
    return (path for path in sorted(rooms) if path.parent.name != "emulator")


def _problems(sources: Iterable[ast.Module]) -> set[str]:
    classes = [node for s in sources for node in ast.walk(s) if isinstance(node, ast.ClassDef)]
    return {made.name for made in classes if "Problem" in map(_name, made.bases)}


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _plural(call: ast.Call) -> str:
    return next((t for k in call.keywords if k.arg == "plural" for t in _texts(k.value)), "")


def _texts(argument: ast.expr) -> Iterator[str]:
    """One text, or either of two."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from (*_texts(argument.body), *_texts(argument.orelse))

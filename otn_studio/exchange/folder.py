"""A project's folder: what flows it has, and how imported ones come into it: all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import Unreadable, load

Step = Callable[[float], None]
"""Told how far it is, up to 1; what it raises stops everything."""


def project(folder: Path) -> Project:
    """The flows of a folder, as far as they can be read."""
    flows: dict[str, Flow] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            flow = load(path)
        except Unreadable:
            continue
        flows.setdefault(flow.id, flow)
    return Project(flows)


def files(flows: Sequence[Flow], folder: Path) -> list[Path]:
    """Where each would be written: in the file that its flow has there, or by its id."""
    names = {flow.id: folder / f"{flow.id}.json" for flow in flows}
    for path in sorted(folder.glob("*.json"), reverse=True):
        try:
            id = load(path).id
        except Unreadable:
            continue
        if id in names:
            names[id] = path
    return list(names.values())


def put(flows: Sequence[Flow], folder: Path, step: Step = lambda done: None) -> list[Path]:
    """Write flows into a folder, over what is there; where that fails, it is as it was before.

    Raises:
        Problem: the folder is missing, full or read-only.
    """
    targets = files(flows, folder)
    try:
        aside = Path(tempfile.mkdtemp(prefix=".import-", dir=folder))
        try:
            _stage(flows, targets, aside, step)
            _move(targets, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise Problem(
            "The flows can’t be written into {folder}: {problem}.",
            folder=folder,
            problem=error.strerror,
        ) from error
    return targets


def _stage(flows: Sequence[Flow], targets: Sequence[Path], aside: Path, step: Step) -> None:
    """Write everything beside its place, and keep what is there."""
    (aside / "old").mkdir()
    for number, (flow, target) in enumerate(zip(flows, targets, strict=True), start=1):
        writing.save(flow, aside / target.name)
        if target.exists():
            shutil.copy2(target, aside / "old" / target.name)
        step(number / len(flows))


def _move(targets: Sequence[Path], aside: Path) -> None:
    """From here on it takes no time; should it fail nevertheless, it is taken back."""
    moved: list[Path] = []
    try:
        for target in targets:
            os.replace(aside / target.name, target)
            moved.append(target)
    except OSError:
        for target in moved:
            kept = aside / "old" / target.name
            if kept.exists():
                os.replace(kept, target)
            else:
                target.unlink()
        raise

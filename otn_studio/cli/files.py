"""Flow files as the commands take them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import Unreadable, load


def load_all(paths: Sequence[Path]) -> dict[Path, Flow]:
    """Every flow by its file.

    Raises:
        Problem: a file can't be read, or two hold the same flow.
    """
    flows: dict[Path, Flow] = {}
    for path in paths:
        flow = load_one(path)
        for other, known in flows.items():
            if known.id == flow.id:
                raise Problem(
                    "{file} and {other} hold the same flow. Give only one of them.",
                    file=path,
                    other=other,
                )
        flows[path] = flow
    return flows


def load_one(path: Path) -> Flow:
    """The flow in a file.

    Raises:
        Problem: it can't be read.
    """
    try:
        return load(path)
    except Unreadable as error:
        raise Problem("{file}: {problem}", file=path, problem=error.words) from error


def folders_of(flows: Mapping[Path, Flow]) -> dict[str, Path]:
    """Where the files lie that a flow sends, by its id: beside the flow itself."""
    return {flow.id: path.resolve().parent for path, flow in flows.items()}

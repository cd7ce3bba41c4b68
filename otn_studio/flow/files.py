"""The files that a flow sends: they lie in its folder."""

from collections.abc import Iterator
from pathlib import Path

from otn_studio.blocks.addresses import is_file
from otn_studio.flow.document import Flow


def files_of(flow: Flow) -> Iterator[str]:
    """The way to each file, from the folder of the flow."""
    for block in flow.blocks.values():
        for _path, option, value in block.filled_in():
            if option.takes_files and is_file(value):
                yield value


def missing(flow: Flow, folder: Path | None) -> frozenset[str]:
    """The files that are not there. A flow that has no folder yet misses none."""
    if folder is None:
        return frozenset()
    return frozenset(path for path in files_of(flow) if not (folder / path).is_file())

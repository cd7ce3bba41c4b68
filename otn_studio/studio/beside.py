"""Files that a flow sends: they lie beside the flow, so that they go wherever its folder goes."""

import filecmp
import shutil
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.policy import limits, media
from otn_studio.policy.media import Medium

HOME = "media"
"""The folder beside the flow into which files from elsewhere are copied."""


def brought(chosen: Path, folder: Path, medium: Medium) -> str:
    """The way to a file from a flow's folder; one from elsewhere is copied there first.

    Raises:
        Problem: it is of another kind, too large, or can't be copied.
    """
    if not media.fits(medium, chosen.name):
        raise Problem(
            "Messenger can’t show “{name}” here. Choose a file that ends with {endings}.",
            name=chosen.name,
            endings=", ".join(media.suffixes(medium)),
        )
    try:
        if chosen.stat().st_size > limits.ATTACHMENT_BYTES:
            raise Problem(
                "“{file}” is larger than the {limit} MB that Messenger takes. Choose a smaller one.",
                file=chosen.name,
                limit=limits.ATTACHMENT_BYTES // (1024 * 1024),
            )
        if chosen.resolve().is_relative_to(folder.resolve()):
            return chosen.resolve().relative_to(folder.resolve()).as_posix()
        return _copied(chosen, folder / HOME).relative_to(folder).as_posix()
    except OSError as error:
        raise Problem(
            "“{file}” can’t be brought beside the flow: {problem}.",
            file=chosen.name,
            problem=error.strerror,
        ) from error


def _copied(chosen: Path, home: Path) -> Path:
    """A copy under its own name, or the next that is free where another file has it."""
    home.mkdir(exist_ok=True)
    number, target = 1, home / chosen.name
    while target.exists():
        if filecmp.cmp(chosen, target, shallow=False):
            return target
        number += 1
        target = home / f"{chosen.stem}-{number}{chosen.suffix}"
    return Path(shutil.copyfile(chosen, target))

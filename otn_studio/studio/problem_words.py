"""What to say of something that did not work."""

import logging
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.studio.theme import sides
from otn_studio.studio.words import _, shown

log = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """The problem's own sentence; what nobody foresaw goes to the log, not to the screen."""
    if isinstance(error, Problem):
        return shown(error.words)
    log.error("something unforeseen went wrong", exc_info=error)
    return _("That did not work. Please try again.")


def of_file(file: Path, told: str) -> str:
    """What there is to say of a file."""
    return _("“{file}”: {told}", file=sides.isolated(file.name), told=told)

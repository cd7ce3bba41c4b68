"""Where the files that come with the program are: in a checkout beside the package, else within it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def path(name: str) -> Path:
    """The place of a shipped file, such as ``flows/back-in-stock.json``."""
    within = _PACKAGE / "_shipped" / name
    return within if within.exists() else _PACKAGE.parent / name

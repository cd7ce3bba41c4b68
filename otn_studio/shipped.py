"""Where the files that come with the program are: in a checkout beside the package, else within it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_WITHIN = _PACKAGE / "_shipped"
_ROOT = _WITHIN if _WITHIN.exists() else _PACKAGE.parent


def path(name: str) -> Path:
    """The place of a shipped file, such as ``flows/back-in-stock.json``."""
    return _ROOT / name

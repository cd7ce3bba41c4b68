"""What the Page is called that the studio works for, as it was the last time: a window has it before
the database is open.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

NAMELESS: Final = "Your Page"
"""That for practice."""


def remembered() -> str | None:
    """The name; none where another Page was chosen since."""
    if _file().is_file():
        return _file().read_text("utf-8")
    return None if chosen_file().is_file() else NAMELESS


def remember(name: str) -> None:
    """Where it can't be kept, the next start is a little slower."""
    with suppress(OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(name, "utf-8")


def forget() -> None:
    _file().unlink(missing_ok=True)


def chosen_file() -> Path:
    """Where the number of the Page is kept that a person chose."""
    return _folder() / "page"


def _file() -> Path:
    return _folder() / "page_name"


def _folder() -> Path:
    return user_data_path("otn-studio", appauthor=False)

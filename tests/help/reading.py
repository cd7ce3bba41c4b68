"""What the pages of help, and the two for those who come by the code, say that can be tried."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from otn_studio import shipped

ROOT: Final = shipped.path("README.md").parent
HELP: Final = ROOT / "resources/help"
BLOCKS: Final = HELP / "blocks"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_SCREEN = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)")
_LINK = re.compile(r"(!?)\[([^]]*)\]\(([^)\s]+)\)")


class Fence(NamedTuple):
    """A block of code: in which language, and what."""

    language: str
    text: str


class Link(NamedTuple):
    is_picture: bool
    words: str
    to: str


def written() -> list[Path]:
    """The pages that people have written; those about blocks are made of the declarations."""
    pages = (page for page in HELP.rglob("*.md") if page.parent != BLOCKS)
    return [*sorted(pages), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def fences(page: Path) -> list[Fence]:
    return [Fence(*found) for found in _FENCE.findall(page.read_text("utf-8"))]


def prose(page: Path) -> str:
    """Everything but the blocks of code."""
    return _FENCE.sub("", page.read_text("utf-8"))


def without_code(page: Path) -> str:
    """What is told in words."""
    return _CODE.sub("", prose(page))


def codes(page: Path) -> list[str]:
    """What stands in it as it is typed."""
    return _CODE.findall(prose(page))


def said_by_screens(page: Path) -> Iterator[str]:
    """What is slanted: the words of the screen; of a way through menus each step."""
    for words in _SCREEN.findall(without_code(page)):
        yield from words.split(" › ")


def links(page: Path) -> list[Link]:
    return [Link(bool(mark), words, to) for mark, words, to in _LINK.findall(prose(page))]


def commands(page: Path) -> Iterator[str]:
    """Each line that is to be typed into a terminal."""
    for fence in fences(page):
        if fence.language == "sh":
            lines = fence.text.replace("\\\n", " ").splitlines()
            yield from (" ".join(line.split()) for line in lines if line.strip())

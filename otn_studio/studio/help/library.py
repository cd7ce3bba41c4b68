"""The pages of help: Markdown files, in their order, in a person's language where it has them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from otn_studio import shipped

FOLDER: Final = shipped.path("resources/help")
CONTENTS: Final = "contents.md"
LINK: Final = re.compile(r"(?<!!)\[([^]]+)\]\(([^)\s]+)\)")
_SECTION: Final = re.compile(r"^## (.+)$", re.MULTILINE)


class HelpPage(NamedTuple):
    """``name`` is its file's, such as ``topics.md``."""

    name: str
    title: str
    text: str


class Section(NamedTuple):
    """A part of the contents: the names of its pages."""

    title: str
    pages: tuple[str, ...]


@lru_cache(maxsize=8)
def sections(language: str) -> tuple[Section, ...]:
    """What there is to read, in the order of the contents."""
    _heading, *parts = _SECTION.split(_file(CONTENTS, language).read_text("utf-8"))
    return tuple(
        Section(title, tuple(map(bare_name, linked(links))))
        for title, links in zip(parts[::2], parts[1::2], strict=True)
    )


def page(name: str, language: str) -> HelpPage:
    """One page by the name of its file.

    Raises:
        OSError: there is none.
    """
    return titled(name, _file(name, language).read_text("utf-8"))


def titled(name: str, text: str) -> HelpPage:
    """A page by its text, which begins with its title."""
    return HelpPage(name, text.partition("\n")[0].removeprefix("# ").strip(), text)


def linked(text: str) -> list[str]:
    """Where its links lead."""
    return [place for _words, place in LINK.findall(text)]


def bare_name(link: str) -> str:
    """The name of a page from wherever one looks at it.

    >>> bare_name("../windows.md"), bare_name("blocks/wait.md")
    ('windows.md', 'blocks/wait.md')
    """
    return link.replace("../", "")


def headings(text: str) -> Iterator[str]:
    """Of the parts of a page."""
    yield from re.findall(r"^#{2,} (.+)$", text, re.MULTILINE)


def slug(heading: str) -> str:
    """How links name a part of a page.

    >>> slug("Not sent: it's too soon!")
    'not-sent-its-too-soon'
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _file(name: str, language: str) -> Path:
    """In the language, else in English, which has them all; what is no help lies beside it."""
    places = (FOLDER / language / name, FOLDER / name, FOLDER.parent / name)
    return next((place for place in places if place.is_file()), FOLDER / name)

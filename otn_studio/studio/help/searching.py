"""Finding pages of help by words."""

from collections.abc import Iterable
from functools import lru_cache

from otn_studio.studio.help.library import HelpPage, headings
from otn_studio.studio.panel.names import compared


def found(pages: Iterable[HelpPage], typed: str) -> list[HelpPage]:
    """Those that have all the words, first those that are about them.

    >>> page = HelpPage("a.md", "Topics", "A topic is what people say yes to.")
    >>> [page.title for page in found([page], "say YES")], found([page], "no")
    (['Topics'], [])
    """
    words = compared(typed).split()
    ranked = [(_rank(page, words), page) for page in pages if _has_all(page.text, words)]
    return [page for _rank, page in sorted(ranked, key=lambda entry: entry[0])]


def prepare(page: HelpPage) -> None:
    """Do once what `found` does with each page, before somebody waits for it."""
    _folded(page.text)
    _folded(page.title)


def _rank(page: HelpPage, words: list[str]) -> int:
    if _has_all(page.title, words):
        return 0
    return 1 if any(_has_all(heading, words) for heading in headings(page.text)) else 2


def _has_all(text: str, words: list[str]) -> bool:
    folded = _folded(text)
    return all(word in folded for word in words)


_folded = lru_cache(maxsize=2_000)(compared)
"""Each page and heading once, not with every letter that is typed."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Annotated, ClassVar
from unicodedata import normalize

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.event import Event, Wrote
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.words import Words


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as keywords compare it: without regard to case, width and spacing.

    The dotted and the dotless i are one letter here, since in Turkish each has the other's capital.

    >>> folded("  Back   IN stock ") == folded("back in stock")
    True
    >>> folded("STRASSE") == folded("Straße")
    True
    """
    text = normalize("NFKC", normalize("NFKC", text).casefold())
    return " ".join(text.replace("i\u0307", "i").replace("ı", "i").split())


class Keyword(Start):
    """Starts when a person writes one of these words.

    The whole message has to be the word or words, upper or lower case. Write each keyword on a line
    of its own.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    >>> Keyword(keywords=("restock", "back in stock")).answers(Wrote(now, "Restock"))
    True
    """

    kind = Kind("keyword", title="Someone writes", group=Group.START, icon="message-circle")
    precedence: ClassVar[int] = 10

    keywords: Annotated[
        tuple[str, ...], Option("Keywords", help="Each one starts this flow", required=True)
    ] = ()

    def answers(self, event: Event) -> bool:
        return isinstance(event, Wrote) and folded(event.text) in self._folded

    def example(self, at: datetime) -> Event:
        return Wrote(at, next((word for word in self.keywords if folded(word)), ""))

    def claims(self) -> frozenset[str]:
        return self._folded

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(folded(keyword) for keyword in self.keywords) - {""}

    def summary(self) -> Words:
        if not self.keywords:
            return Words("Someone writes")
        return Words("Someone writes {keywords}", keywords=_quoted(self.keywords))

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        for index, keyword in enumerate(self.keywords):
            if not folded(keyword):
                yield error(
                    "empty_keyword",
                    Words("A keyword is empty. Write a word, or remove it."),
                    f"keywords.{index}",
                )


def _quoted(keywords: tuple[str, ...]) -> str:
    return ", ".join(f"“{keyword}”" for keyword in keywords)

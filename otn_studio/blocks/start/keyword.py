from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from operator import eq
from typing import Annotated, ClassVar, Literal

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.event import Event, Wrote
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import begins_with_words, folded, has_words
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.words import Words, quoted

MATCHES = {"is": eq, "starts_with": begins_with_words, "contains": has_words}
"""Each answers more messages than the one before it; of several starts the most exact one runs."""


EXAMPLES = {"is": "{word}", "starts_with": "{word}, please", "contains": "Hello, {word}?"}
"""What somebody may write who means a keyword."""


class Keyword(Start):
    """Starts when a person writes one of these words.

    Upper or lower case does not matter. The whole message has to be the word or words, or begin with
    them, or have them anywhere: whole words, but in Chinese, Japanese or Thai also letters within.
    Write each keyword on a line of its own.

    >>> from datetime import UTC, datetime
    >>> now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    >>> Keyword(keywords=("restock", "back in stock")).answers(Wrote(now, "Restock"))
    True
    >>> Keyword(match="contains", keywords=("restock",)).answers(Wrote(now, "Any restock soon?"))
    True
    """

    kind = Kind("keyword", title="Someone writes", group=Group.START, icon="message-circle")
    precedence: ClassVar[int] = 10

    match: Annotated[
        Literal["is", "starts_with", "contains"],
        Option("The message", help="Of several that fit, the most exact one starts."),
    ] = "is"
    keywords: Annotated[
        tuple[str, ...], Option("Keywords", help="Each one starts this flow.", required=True)
    ] = ()

    @property
    def rank(self) -> tuple[int, int]:
        return self.precedence, list(MATCHES).index(self.match)

    def answers(self, event: Event) -> bool:
        return isinstance(event, Wrote) and self.catches(folded(event.text))

    def example(self, at: datetime) -> Event:
        word = next((word for word in self.keywords if folded(word)), "")
        return Wrote(at, EXAMPLES[self.match].format(word=word) if word else "")

    def claims(self) -> frozenset[str]:
        return self._folded

    def catches(self, claim: str) -> bool:
        if self.match == "is":
            return claim in self._folded
        matches = MATCHES[self.match]
        return any(matches(claim, keyword) for keyword in self._folded)

    @property
    def is_open(self) -> bool:
        return self.match != "is"

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(folded(keyword) for keyword in self.keywords) - {""}

    def summary(self) -> Words:
        if not self.keywords:
            return Words("Someone writes")
        keywords = quoted(self.keywords)
        match self.match:
            case "starts_with":
                return Words("Someone writes {keywords} first", keywords=keywords)
            case "contains":
                return Words("Someone writes {keywords} anywhere", keywords=keywords)
        return Words("Someone writes {keywords}", keywords=keywords)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        for index, keyword in enumerate(self.keywords):
            if not folded(keyword):
                yield error(
                    "empty_keyword",
                    Words("A keyword is empty. Write a word, or remove it."),
                    f"keywords.{index}",
                )

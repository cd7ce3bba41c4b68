import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.effect import Begins
from otn_studio.blocks.event import Commented, Event
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.start.keyword import MATCHES
from otn_studio.blocks.words import Words, quoted


class Comment(Start):
    """Starts when a person writes a comment below one of your posts.

    Messenger lets you answer a comment once, within 7 days, with one message: the first Send Message
    that follows is that private reply. The flow goes on when the person answers it, since only that
    opens the 24 hours. A post is named by its number, which is the end of its address.

    >>> str(Comment(keywords=("size",)).summary())
    'Someone comments “size” below a post'
    """

    kind = Kind("comment", title="Comment on a post", group=Group.START, icon="message-square-text")
    precedence: ClassVar[int] = 15

    posts: Annotated[
        tuple[str, ...], Option("Posts", help="The numbers of some posts; empty: all posts")
    ] = ()
    match: Annotated[Literal["contains", "starts_with", "is"], Option("The comment")] = "contains"
    keywords: Annotated[tuple[str, ...], Option("Words", help="Empty: whatever they write")] = ()

    def answers(self, event: Event) -> bool:
        return (
            isinstance(event, Commented)
            and self._is_below(event.post)
            and self._says(folded(event.text))
        )

    def begins(self) -> Begins:
        return Begins(acts=False, replies=True)

    def example(self, at: datetime) -> Event:
        post = next((number for entry in self.posts if (number := _number(entry))), "1")
        text = next((word for word in self.keywords if folded(word)), "Nice!")
        return Commented(at, post, f"{post}_{at.timestamp():.0f}", text)

    def claims(self) -> frozenset[str]:
        posts = {_number(entry) for entry in self.posts} - {""} if self.posts else {"all"}
        words = {f"{self.match} {word}" for word in self._words} if self.keywords else {"all"}
        return frozenset(f"{post} {word}" for post in posts for word in words)

    def _is_below(self, post: str) -> bool:
        number = post.rpartition("_")[2]
        return not self.posts or (number != "" and number in map(_number, self.posts))

    def _says(self, text: str) -> bool:
        matches = MATCHES[self.match]
        return not self.keywords or any(matches(text, word) for word in self._words)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(folded(word) for word in self.keywords) - {""}

    def summary(self) -> Words:
        if not self.keywords:
            return Words("Someone comments below a post")
        keywords = quoted(self.keywords)
        return Words("Someone comments {keywords} below a post", keywords=keywords)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        for index, entry in enumerate(self.posts):
            if not _number(entry):
                yield error(
                    "not_a_post",
                    Words(
                        "“{post}” is not the number of a post. Copy it from the end of the post’s"
                        " address.",
                        post=entry,
                    ),
                    f"posts.{index}",
                )


def _number(entry: str) -> str:
    """The number of a post, of whichever way to write it: its own, after the Page's, or an address."""
    numbers = re.findall(r"\d{5,}|^\d+$", entry.strip().partition("?")[0])
    return numbers[-1] if numbers else ""

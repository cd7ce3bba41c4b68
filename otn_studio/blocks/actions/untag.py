from typing import Annotated

from otn_studio.blocks.actions.tag import TAG_LIMIT
from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Fact, Passes, tag_subject
from otn_studio.blocks.folding import folded
from otn_studio.blocks.turn import RemoveTag, Step, Turn
from otn_studio.blocks.words import Words


class Untag(Block):
    """Takes a tag off the person, however it is written.

    >>> str(Untag(tag="vip").summary())
    'Take off “vip”'
    """

    kind = Kind("untag", title="Untag", group=Group.ACTION, icon="tags")

    tag: Annotated[str, Option("Tag", limit=TAG_LIMIT, required=True)] = ""

    def step(self, turn: Turn) -> Step:
        worn = [tag for tag in turn.contact.tags if folded(tag) == folded(self.tag)]
        return turn.go("next", *map(RemoveTag, sorted(worn)))

    def effect(self) -> Passes:
        subject = tag_subject(self.tag)
        return Passes(("next",), sets=subject, sets_to=Fact(subject, "worn", False))

    def summary(self) -> Words:
        return Words("Take off “{tag}”", tag=self.tag)

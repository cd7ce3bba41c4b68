from typing import Annotated

from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.effect import Fact, Passes, tag_subject
from otn_studio.blocks.folding import folded
from otn_studio.blocks.turn import AddTag, Step, Turn
from otn_studio.blocks.words import Words

TAG_LIMIT = 60


class Tag(Block):
    """Puts a tag on the person, to find them again by it.

    Upper or lower case makes no other tag: who wears *VIP* is not tagged *vip* besides.

    >>> str(Tag(tag="vip").summary())
    'Tag with “vip”'
    """

    kind = Kind("tag", title="Tag", group=Group.ACTION, icon="tag")

    tag: Annotated[str, Option("Tag", limit=TAG_LIMIT, required=True)] = ""

    def step(self, turn: Turn) -> Step:
        worn = {folded(tag) for tag in turn.contact.tags}
        name = " ".join(self.tag.split())
        return turn.go("next", *([] if not name or folded(name) in worn else [AddTag(name)]))

    def effect(self) -> Passes:
        fact = Fact(tag_subject(self.tag), "worn", True) if self.tag.strip() else None
        return Passes(("next",), sets=tag_subject(self.tag), sets_to=fact)

    def summary(self) -> Words:
        return Words("Tag with “{tag}”", tag=self.tag)

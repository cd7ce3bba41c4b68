from otn_studio.blocks.block import NEXT, Block, Group, Kind, Port
from otn_studio.blocks.words import Words


class GoToBlock(Block):
    """Goes on at another block of this flow, without a line across the canvas.

    >>> GoToBlock().ports()[0].id
    'next'
    """

    kind = Kind(
        "go_to_block",
        title="Go to block",
        group=Group.LOGIC,
        icon="corner-down-right",
        ports=(Port(NEXT.id, Words("Go to")),),
        jumps=True,
    )

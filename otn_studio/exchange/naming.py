"""What blocks and ways out are called in drawings of a flow."""

from collections.abc import Callable

from otn_studio.blocks.block import Block, Declared, Group
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Connection, Flow


def group_of(block: Block) -> Group:
    """Whose colour a block wears: whatever asks for permission is about that."""
    declared = (part.kind.group for _, part in block.parts() if isinstance(part, Declared))
    return Group.PERMISSION if Group.PERMISSION in declared else block.kind.group


def block_name(block: Block, shown: Callable[[Words], str]) -> str:
    """Its title; without one, what it says, or else what it does."""
    said = (
        value
        for path, option, value in block.filled_in()
        if path.startswith("elements.") and option.liquid and isinstance(value, str)
    )
    return block.title or next(filter(str.strip, said), "") or shown(block.summary())


def way_name(flow: Flow, link: Connection, shown: Callable[[Words], str]) -> str:
    """The way out that a connection begins at."""
    port = flow.port(link.block, link.port)
    return shown(port.words) if port else link.port

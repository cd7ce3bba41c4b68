"""What a channel does not have."""

from collections.abc import Iterator

from otn_studio.blocks.block import Block, Declared
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.words import Words


def of_block(block: Block, lookup: Lookup) -> Iterator[Finding]:
    for path, part in block.parts():
        if isinstance(part, Declared) and lookup.channel not in part.kind.channels:
            sentence = Words(
                "“{what}” works on Messenger only, and this flow is for Instagram. Remove it, or make"
                " this a Messenger flow.",
                what=Words(part.kind.title),
            )
            yield error("wrong_channel", sentence, path.rstrip("."))

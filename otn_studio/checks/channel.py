"""What a channel does not have."""

from collections.abc import Iterator
from dataclasses import replace

from otn_studio.blocks.block import Declared
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow


def findings(flow: Flow) -> Iterator[Finding]:
    for id, block in flow.blocks.items():
        for path, part in block.parts():
            if isinstance(part, Declared) and flow.channel not in part.kind.channels:
                sentence = Words(
                    "“{what}” works on Messenger only, and this flow is for Instagram. Remove it, or"
                    " make this a Messenger flow.",
                    what=Words(part.kind.title),
                )
                yield replace(error("wrong_channel", sentence, path.rstrip(".")), block=id)

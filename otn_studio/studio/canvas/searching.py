"""Looking for words on the canvas: which blocks and frames have them, as quickly as one types."""

from typing import NamedTuple

from otn_studio.blocks.block import Block
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.flow.searching import replacement, texts_of
from otn_studio.studio.canvas.plan import Plan
from otn_studio.studio.canvas.scene import Scene
from otn_studio.studio.document.document import Document
from otn_studio.studio.panel.names import compared
from otn_studio.studio.words import shown


class Hit(NamedTuple):
    """A block or a frame that has the words."""

    block: str = ""
    frame: str = ""


class Searching:
    """Keeps the texts of blocks, since most stay the same from one search to the next."""

    def __init__(self, document: Document, scene: Scene) -> None:
        self._document = document
        self._scene = scene
        self._known: dict[str, tuple[Block, tuple[object, ...], str]] = {}

    @property
    def _plan(self) -> Plan:
        return self._scene.plan

    def hits(self, words: str) -> list[Hit]:
        """In the order of the conversation; frames last."""
        wanted, flow = compared(words), self._document.flow
        if not wanted:
            return []
        blocks = [
            Hit(block=id) for id in self._plan.reading_order() if wanted in self._text(flow, id)
        ]
        frames = [
            Hit(frame=id)
            for id, frame in flow.frames.items()
            if wanted in compared(f"{frame.title} {frame.note}")
        ]
        return blocks + frames

    def replace(self, words: str, by: str) -> int:
        """As one step; answers in how many places."""
        change = replacement(self._document.flow, words, by) if words else None
        if change is None or not change.changes:
            return 0
        count = len(change.changes)
        step = Words(
            "Replace “{what}” {n} time", plural="Replace “{what}” {n} times", n=count, what=words
        )
        self._document.do(change, step)
        return count

    def _text(self, flow: Flow, id: str) -> str:
        """All the words of a block, made alike."""
        block, beside = flow.blocks[id], (flow.topics, flow.fields, flow.translations)
        known = self._known.get(id)
        if known is not None and known[0] is block and _same(known[1], beside):
            return known[2]
        kind = shown(block.label())
        text = compared("\n".join([kind, *texts_of(flow, id)]))
        self._known[id] = block, beside, text
        return text


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return all(a is b for a, b in zip(one, other, strict=True))

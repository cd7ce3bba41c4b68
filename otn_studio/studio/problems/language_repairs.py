"""Repairs of what a flow says in one of its further languages."""

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.languages import Said, said
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Several
from otn_studio.flow.document import Flow
from otn_studio.flow.translating import Translate
from otn_studio.studio.problems.repair import Repair
from otn_studio.studio.problems.shortening import shortened


def shorten(finding: Finding, flow: Flow) -> Repair | None:
    """Cuts the translation, and leaves the original as it is."""
    original = _original(finding, flow)
    limit = original and original.option.limit
    text = original and _texts(finding, flow).get(original.way)
    short = shortened(text, limit) if text and limit else None
    if not original or not short:
        return None
    change = Translate(finding.language, finding.block, original.way, short)
    return Repair(Words("Shorten"), change)


def remove_left_over(finding: Finding, flow: Flow) -> Repair | None:
    """Takes away all that translates nothing any more in that block."""
    ways = {text.way for text in said(flow.blocks[finding.block])}
    gone = sorted(_texts(finding, flow).keys() - ways)
    changes = tuple(Translate(finding.language, finding.block, way, None) for way in gone)
    return Repair(Words("Remove"), Several(changes)) if changes else None


def _original(finding: Finding, flow: Flow) -> Said | None:
    texts = said(flow.blocks[finding.block])
    return next((text for text in texts if text.field == finding.field), None)


def _texts(finding: Finding, flow: Flow) -> dict[str, str]:
    return dict(flow.texts_of(finding.block).get(finding.language, {}))

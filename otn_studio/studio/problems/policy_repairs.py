"""Repairs of what the proof finds: sent by a topic, sooner, or with a way out.

A way out leads to a block that notes on the person that they have missed a message. Another message
would be refused there as the first one was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from otn_studio.blocks.actions.set_field import SetField as NoteField
from otn_studio.blocks.block import Block, Group, Role, Start
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Sends
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.story import SayYes
from otn_studio.blocks.words import Words
from otn_studio.flow import changes
from otn_studio.flow.changes import AddBlock, Change, Connect, SetField, Several
from otn_studio.flow.document import Field, Flow, Position, new_id
from otn_studio.policy import window
from otn_studio.studio.panel.names import new_key
from otn_studio.studio.problems.repair import Repair
from otn_studio.studio.words import _

HOUR = timedelta(hours=1)
MARGIN = timedelta(minutes=30)
"""For the steps on the way, each of which may take its time."""
ASIDE, BELOW, STEP = 320.0, 160.0, 40.0
WIDE, HIGH = 260.0, 180.0
"""Places beside a block, and how much room another one may take."""


def in_time(finding: Finding, flow: Flow) -> Repair | None:
    """A message that comes too late."""
    return _by_topic(finding, flow) or _sooner(finding, flow) or _out(finding, flow, "too_late")


def out(finding: Finding, flow: Flow) -> Repair | None:
    """A message that may find no permission."""
    return _out(finding, flow, "could_not_send")


def _by_topic(finding: Finding, flow: Flow) -> Repair | None:
    """By the yes on the way, where time passes after it, and nothing else is to be sent by it."""
    block = flow.blocks[finding.block]
    moments = finding.story.moments if finding.story else ()
    asked = [moment.act for moment in moments if isinstance(moment.act, SayYes)]
    if not asked or not isinstance(block, SendMessage) or block.by_topic:
        return None
    topic = asked[-1].topic
    is_free = topic in flow.topics and not any(
        isinstance(other, SendMessage) and other.by_topic == topic for other in flow.blocks.values()
    )
    asks = any(element.kind.group is Group.PERMISSION for element in block.elements)
    if not is_free or asks or len(block.elements) != 1 or not _way_back(flow, finding.block).waits:
        return None
    words = Words("Send by “{topic}”", topic=flow.topics[topic].name)
    changed = block.model_copy(update={"by_topic": topic})
    return Repair(words, changes.edit(flow, finding.block, changed))


def _sooner(finding: Finding, flow: Flow) -> Repair | None:
    """As many whole hours as fit, where somebody opens the window and then only has to wait."""
    way = _way_back(flow, finding.block)
    total = sum((wait.for_.length for wait in way.waits.values()), timedelta())
    if not way.opens_window or total < window.LENGTH:
        return None
    id, longest = max(way.waits.items(), key=lambda entry: entry[1].for_.length)
    hours = (window.LENGTH - MARGIN - total + longest.for_.length) // HOUR
    if hours < 1:
        return None
    fits = Duration(hours, "hour")
    words = Words("Shorten the wait to {time}", time=fits.words)
    return Repair(words, changes.edit(flow, id, longest.model_copy(update={"for_": fits})))


def _out(finding: Finding, flow: Flow, port: str) -> Repair | None:
    if flow.port(finding.block, port) is None or flow.leads_to(finding.block, port) is not None:
        return None
    name = _("Missed a message")
    key = next((key for key, field in flow.fields.items() if field.name == name), "")
    first: tuple[Change, ...] = ()
    if not key:
        key = new_key(name, flow.fields)
        first = (SetField(key, Field(name)),)
    id = new_id(key)
    note = NoteField(title=name, field=key, value=_("yes"))
    words = {
        "too_late": Words("Say what happens when it is too late"),
        "could_not_send": Words("Add a way out"),
    }
    place = _beside(flow, finding.block)
    added = (AddBlock(id, note, place), Connect(finding.block, port, id))
    return Repair(words[port], Several((*first, *added)))


@dataclass(frozen=True)
class _WayBack:
    """What lies between a block and the last thing that the person did before it."""

    waits: Mapping[str, Wait]
    opens_window: bool


def _way_back(flow: Flow, block: str) -> _WayBack:
    """As long as only one connection leads to each block."""
    waits: dict[str, Wait] = {}
    passed = {block}
    while len(leads := [c for c in flow.all_connections() if c.to == block]) == 1:
        (connection,) = leads
        block = connection.block
        port, before = flow.port(block, connection.port), flow.blocks[block]
        if port is not None and port.role is Role.CHOICE:
            return _WayBack(waits, not _asks(before, connection.port))
        if isinstance(before, Start):
            begins = before.begins()
            return _WayBack(waits, begins is not None and begins.acts)
        if isinstance(before, Wait):
            waits[block] = before
        if block in passed:
            break
        passed.add(block)
    return _WayBack(waits, False)


def _asks(block: Block, port: str) -> bool:
    """Whether a way out is the yes to a request, which opens no window."""
    effect = block.effect()
    asks = effect.asks if isinstance(effect, Sends) else ()
    return any(asked.port == port for asked in asks)


def _beside(flow: Flow, block: str) -> Position | None:
    """At the right of a block and below what follows on it, where there is room."""
    here = flow.layout.get(block)
    if here is None:
        return None
    x, y = here.x + ASIDE, here.y + BELOW
    others = [place for place in flow.layout.values() if abs(place.x - x) < WIDE]
    while any(-HIGH / 2 < y - place.y < HIGH for place in others):
        y += STEP
    return Position(x, y)

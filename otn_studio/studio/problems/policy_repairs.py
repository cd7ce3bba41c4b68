"""Repairs of what the proof finds: sent by a topic, sooner, later, shorter, or with a way out.

A way out leads to a block that notes on the person that they have missed a message. Another message
would be refused there as the first one was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from otn_studio.blocks.actions.set_field import SetField as NoteField
from otn_studio.blocks.block import NEXT, Block, Group, Role, Start
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Sends
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.story import SayYes
from otn_studio.blocks.words import Words
from otn_studio.flow import changes
from otn_studio.flow.changes import AddBlock, Change, Connect, SetField, Several
from otn_studio.flow.document import Connection, Field, Flow, Position, new_id
from otn_studio.policy import limits, window
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.panel.names import new_key
from otn_studio.studio.problems import paths
from otn_studio.studio.problems.repair import Repair
from otn_studio.studio.problems.shortening import shortened
from otn_studio.studio.words import _

HOUR = timedelta(hours=1)
MARGIN = timedelta(minutes=30)
"""For the steps on the way, each of which may take its time."""
PAUSES = {
    Frequency.DAILY: Duration(2, "day"),
    Frequency.WEEKLY: Duration(8, "day"),
    Frequency.MONTHLY: Duration(32, "day"),
}
"""Long enough by every profile, in every time zone and month."""
ASIDE, BELOW, STEP = 320.0, 160.0, 40.0
WIDE, HIGH = 260.0, 180.0
"""Places beside a block, and how much room another one may take."""


def in_time(finding: Finding, flow: Flow) -> Repair | None:
    """A message that comes too late."""
    return _by_topic(finding, flow) or _sooner(finding, flow) or _out(finding, flow, "too_late")


def out(finding: Finding, flow: Flow) -> Repair | None:
    """A message that may find no permission."""
    return _out(finding, flow, "could_not_send")


def later(finding: Finding, flow: Flow) -> Repair | None:
    """A message that comes too soon after one by the same yes: after a longer wait, or after one."""
    block = flow.blocks[finding.block]
    topic = flow.topics.get(block.by_topic) if isinstance(block, SendMessage) else None
    if topic is None or topic.frequency is None:
        return None
    pause = PAUSES[topic.frequency]
    before = list(_back(flow, finding.block))
    sends = [_sends_by(flow, connection.block, block.by_topic) for connection in before]
    if True not in sends:
        return out(finding, flow)
    way = before[: sends.index(True)]
    waits = {c.block: wait for c in way if isinstance(wait := flow.blocks[c.block], Wait)}
    if not waits:
        return _wait_before(flow, before[0], pause)
    id, longest = max(waits.items(), key=lambda entry: entry[1].for_.length)
    words = Words("Wait {time} instead", time=pause.words)
    return Repair(words, changes.edit(flow, id, longest.model_copy(update={"for_": pause})))


def shorter(finding: Finding, flow: Flow) -> Repair | None:
    """A message that is too long to follow right after the yes."""
    way = paths.steps(finding.field)
    block = flow.blocks[finding.block]
    text = paths.at(block, way)
    short = shortened(text, limits.FOLLOW_UP_TEXT) if isinstance(text, str) else None
    if not short:
        return later(finding, flow)
    changed = paths.replaced(block, way, short)
    return Repair(Words("Shorten"), changes.edit(flow, finding.block, changed))


def _wait_before(flow: Flow, connection: Connection, pause: Duration) -> Repair:
    id = new_id("wait")
    place = _beside(flow, connection.block)
    change = Several(
        (
            AddBlock(id, Wait(for_=pause), place),
            Connect(connection.block, connection.port, id),
            Connect(id, NEXT.id, connection.to),
        )
    )
    return Repair(Words("Wait {time} before", time=pause.words), change)


def _sends_by(flow: Flow, id: str, topic: str) -> bool:
    block = flow.blocks[id]
    return isinstance(block, SendMessage) and block.by_topic == topic


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
    for connection in _back(flow, block):
        port = flow.port(connection.block, connection.port)
        before = flow.blocks[connection.block]
        if port is not None and port.role is Role.CHOICE:
            return _WayBack(waits, not _asks(before, connection.port))
        if isinstance(before, Start):
            begins = before.begins()
            return _WayBack(waits, begins is not None and begins.acts)
        if isinstance(before, Wait):
            waits[connection.block] = before
    return _WayBack(waits, False)


def _back(flow: Flow, block: str) -> Iterator[Connection]:
    """The one way that leads to a block, backwards, as far as it is the only one."""
    passed: set[str] = set()
    while len(leads := [c for c in flow.all_connections() if c.to == block]) == 1:
        (connection,) = leads
        yield connection
        passed.add(block)
        block = connection.block
        if block in passed:
            return


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

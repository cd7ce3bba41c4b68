"""Why things went as they did, in words: one line for each block that a run came to."""

from collections.abc import Iterator
from dataclasses import dataclass

from otn_studio.blocks.block import Block, Role
from otn_studio.checks.conversations import script
from otn_studio.checks.conversations.watching import Visit
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy import window
from otn_studio.studio.canvas.content import Names, Says, content_of
from otn_studio.studio.panel.fields import fields_of, label
from otn_studio.studio.phone import times
from otn_studio.studio.simulator.play import Beat, Play
from otn_studio.studio.story.telling import name_of
from otn_studio.studio.words import _, shown


@dataclass(frozen=True, slots=True)
class Reason:
    """What happened at a beat, and why; ``icon`` is the block's, ``refused``: it was not to be."""

    beat: int
    icon: str
    what: str
    why: str
    refused: bool = False


def told(play: Play) -> tuple[Reason, ...]:
    """All of it, in its order."""
    return tuple(_reason(play, number, beat) for number, beat in enumerate(play.beats))


def _reason(play: Play, number: int, beat: Beat) -> Reason:
    visit = beat.visit
    if visit is None:
        icon, what = _deed(play, beat.deed)
        return Reason(number, icon, what, times.weekday(beat.known.at))
    flow = play.project.flows.get(visit.flow)
    block = flow.blocks.get(visit.block) if flow else None
    if flow is None or block is None:
        return Reason(number, "circle-question-mark", _("Nothing"), _why(play.project, visit))
    what = shown(label(flow, block))
    return Reason(number, block.kind.icon, what, _why(play.project, visit), bool(visit.refusal))


def _deed(play: Play, deed: script.Deed | None) -> tuple[str, str]:
    def called(topic: str) -> str:
        return name_of(play.project, play.session.topic(topic))

    match deed:
        case script.Me(text=text):
            return "message-circle", _("Wrote “{text}”", text=text)
        case script.TapOn(address=address):
            return "square-mouse-pointer", _("Tapped “{title}”", title=address.title)
        case script.Yes(address=address):
            return "bell-ring", _("Said yes to “{title}”", title=address.title)
        case script.React(emoji=emoji):
            return "message-circle", _("Reacted with {emoji}", emoji=emoji)
        case script.Agree(topic=topic):
            return "bell-ring", _("Said yes to “{topic}” elsewhere", topic=called(topic))
        case script.ChangeOfMind(topic=topic, stops=True):
            return "bell-off", _("Stopped “{topic}”", topic=called(topic))
        case script.ChangeOfMind(topic=topic):
            return "bell-ring", _("Wants “{topic}” again", topic=called(topic))
        case script.Announce(topic=topic):
            return "megaphone", _("You announce “{topic}”", topic=called(topic))
        case script.Advance():
            return "clock", _("Time passed")
    return "play", _("Began")


def _why(project: Project, visit: Visit) -> str:
    """Where it goes on in a further line, none begins with the dot."""
    return "\N{NO-BREAK SPACE}· ".join(_parts(project, visit))


def _parts(project: Project, visit: Visit) -> Iterator[str]:
    yield from (shown(note) for note in visit.notes)
    flow = project.flows.get(visit.flow)
    block = flow.blocks.get(visit.block) if flow else None
    if flow is None or block is None:
        return
    port = flow.port(visit.block, visit.left_by) if visit.left_by else None
    if port is not None and port.role is Role.BRANCH:
        yield from _asked(flow, block)
    was_sent = visit.messages and visit.refusal is None
    if was_sent and visit.topic:
        yield _("Sent by permission for “{topic}”", topic=name_of(project, visit.topic))
    elif was_sent and visit.known is not None:
        in_window = window.is_open(visit.known.last_action, visit.at)
        yield _("Sent within the 24 hours") if in_window else _("Sent as the answer to a comment")
    if port is not None and port.role is not Role.NEXT:
        yield _("Went on by “{way}”", way=shown(port.words))


def _asked(flow: Flow, block: Block) -> Iterator[str]:
    """What the block decides by, as the canvas says it."""
    names = Names({id: topic.name for id, topic in flow.topics.items()}, fields_of(flow))
    for piece in content_of(block, {}, names).pieces:
        if isinstance(piece, Says):
            yield "".join(run.text for run in piece.runs)

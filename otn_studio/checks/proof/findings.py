"""What the proof has to say, in sentences."""

from collections import defaultdict
from collections.abc import Mapping

from otn_studio.blocks.effect import Sends
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.story import Story
from otn_studio.blocks.words import Words
from otn_studio.checks.memory import Memory
from otn_studio.checks.memory import Place as Told
from otn_studio.checks.proof.explore import Explored, Trace, explore
from otn_studio.checks.proof.judging import Danger
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.realising import Realising
from otn_studio.flow.project import Project
from otn_studio.policy.sending import Refusal

Way = tuple[Danger, Trace]


def findings(
    project: Project, memory: Memory | None = None, quickly: bool = False
) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id. What has a way out for it is no finding, unless the flow itself is the reason.

    Where something is certain to be mended in a block, what is unsure about it waits until then.

    ``quickly`` takes findings that were told before as they were, and looks for no new stories.
    """
    memory = memory or Memory()
    map = Map(project, memory)
    explored = explore(map)
    realising = Realising(map, explored)
    told: dict[Told, Finding] = {}
    for (flow, block, refusal), ways in unprovided(map, explored).items():
        place = (flow, block, f"policy_{refusal}")
        before = memory.told.get(place)
        told[place] = _finding(map, realising, ways, before, quickly)
    memory.told = told
    certain = {place[:2] for place, finding in told.items() if finding.story is not None}
    found: dict[str, list[Finding]] = defaultdict(list)
    for place, finding in told.items():
        if finding.severity is not Severity.UNSURE or place[:2] not in certain:
            found[place[0]].append(finding)
    return {id: tuple(of_flow) for id, of_flow in found.items()}


def unprovided(map: Map, explored: Explored) -> dict[tuple[str, str, Refusal], list[Way]]:
    """The ways into each block and refusal for which the flow provides nothing."""
    found: dict[tuple[str, str, Refusal], list[Way]] = defaultdict(list)
    for (place, refusal), ways in explored.dangers.items():
        left = [way for way in ways if not _is_provided_for(map, place, way[0])]
        if left:
            found[place.flow, place.block, refusal] += left
    return found


def _is_provided_for(map: Map, place: Place, danger: Danger) -> bool:
    node = map.node(place)
    assert isinstance(node.effect, Sends)
    late = danger.refusal is Refusal.TOO_LATE
    port = node.effect.too_late if late else node.effect.could_not_send
    return port in node.leads and not danger.by_design


def _finding(
    map: Map, realising: Realising, ways: list[Way], before: Finding | None, quickly: bool
) -> Finding:
    """The worst that a story could be found for."""
    if quickly and before is not None:
        return before
    told = None if quickly else _told(realising, ways, before)
    danger, trace = ways[0]
    story, severity = told or (None, Severity.UNSURE)
    if danger.refusal in WHATEVER_THEY_DO:
        severity = Severity.ERROR
    words = Words(SENTENCES[severity][danger.refusal].text, topic=_topic_name(map, trace.place))
    field = _field(map, trace.place, danger.refusal)
    return Finding(f"policy_{danger.refusal}", severity, words, trace.place.block, field, story)


def _told(
    realising: Realising, ways: list[Way], before: Finding | None
) -> tuple[Story, Severity] | None:
    """A story into one of the ways: an error, if every timing of that way goes wrong."""
    if before is not None and before.story is not None and realising.still_true(before.story):
        always = any(danger.always for danger, _ in ways)
        if always == (before.severity is Severity.ERROR):
            return before.story, before.severity
    warning: Story | None = None
    for danger, trace in sorted(ways, key=lambda way: not way[0].always):
        if warning is not None and not danger.always:
            break
        if (told := realising.story(danger, trace)) is not None:
            story, usual = told
            if danger.always and usual:
                return story, Severity.ERROR
            warning = warning or story
    danger, trace = ways[0]
    warning = warning or realising.by_accident(danger, trace.place)
    return None if warning is None else (warning, Severity.WARNING)


def _field(map: Map, place: Place, refusal: Refusal) -> str:
    """What to look at in the block."""
    block = map.project.flows[place.flow].blocks[place.block]
    if not isinstance(block, SendMessage) or not block.by_topic:
        return ""
    if refusal is Refusal.TOO_LONG:
        lengths = [len(getattr(element, "text", "")) for element in block.elements]
        return f"elements.{lengths.index(max(lengths))}.text"
    return "by_topic"


def _topic_name(map: Map, place: Place) -> str:
    effect = map.node(place).effect
    topic = map.project.topic(effect.topic) if isinstance(effect, Sends) else None
    return topic.name if topic else ""


WHATEVER_THEY_DO = frozenset({Refusal.NOT_IN_COUNTRY, Refusal.NOT_A_REPLY})

ALWAYS = {
    Refusal.TOO_LATE: Words(
        "This message always comes after the 24 hours are over. Ask for permission first and send it"
        " by a topic, send it sooner, or say what happens at “Too late”."
    ),
    Refusal.NO_PERMISSION: Words(
        "This way, there is no permission for “{topic}” to send this with. Ask for one first, one for"
        " each message, or say what happens at “Could not send”."
    ),
    Refusal.EXPIRED: Words(
        "When this is sent, the permission for “{topic}” has always ended. Send it sooner, or ask"
        " again before."
    ),
    Refusal.TOO_SOON: Words(
        "This always comes too soon after the last message on “{topic}”. Wait longer between them."
    ),
    Refusal.NOT_IN_COUNTRY: Words(
        "Messenger does not allow recurring messages in your Page’s country any more. Use a one-time"
        " topic instead."
    ),
    Refusal.NOT_A_REPLY: Words(
        "The first message after a comment is a private reply: one message, which asks for no"
        " permission. Keep one here, and send the rest when the person has answered."
    ),
    Refusal.ASKED_LATELY: Words(
        "The person is asked the same twice within a week, which Messenger refuses. Ask once, or"
        " change the opt-in message."
    ),
}
SOMETIMES = {
    Refusal.TOO_LATE: Words(
        "This message can come after the 24 hours are over. Ask for permission first and send it by a"
        " topic, send it sooner, or say what happens at “Too late”."
    ),
    Refusal.NO_PERMISSION: Words(
        "The permission for “{topic}” can be used up before this is sent. Ask for one for each"
        " message, or say what happens at “Could not send”."
    ),
    Refusal.EXPIRED: Words(
        "The permission for “{topic}” can have ended before this is sent. Send it sooner, or say what"
        " happens at “Could not send”."
    ),
    Refusal.STOPPED: Words(
        "The person can have stopped “{topic}” by then. Say what happens at “Could not send”."
    ),
    Refusal.TOO_SOON: Words(
        "This can come too soon after the last message on “{topic}”. Wait longer between them."
    ),
    Refusal.TOO_LONG: Words(
        "The second and third message right after the yes to “{topic}” may have 250 characters."
        " Shorten it, or send it later."
    ),
    Refusal.ASKED_LATELY: Words(
        "Somebody who comes this way twice within a week is asked the same again, which Messenger"
        " refuses. Say what happens at “Could not send”."
    ),
}
UNSURE = {
    Refusal.TOO_LATE: Words("It could not be shown that this always comes within the 24 hours."),
    Refusal.NO_PERMISSION: Words(
        "It could not be shown that there always is a permission for “{topic}” left for this."
    ),
    Refusal.EXPIRED: Words(
        "It could not be shown that the permission for “{topic}” never ends before this is sent."
    ),
    Refusal.STOPPED: Words(
        "It could not be shown that nobody has stopped “{topic}” before this is sent."
    ),
    Refusal.TOO_SOON: Words(
        "It could not be shown that this never comes too soon after the last message on “{topic}”."
    ),
    Refusal.TOO_LONG: Words(
        "It could not be shown that this is never too long for a message right after the yes."
    ),
    Refusal.ASKED_LATELY: Words(
        "It could not be shown that nobody is asked this twice within a week."
    ),
}
SENTENCES = {Severity.ERROR: ALWAYS, Severity.WARNING: SOMETIMES, Severity.UNSURE: UNSURE}

"""What the proof has to say, in sentences."""

from collections import defaultdict
from collections.abc import Mapping

from otn_studio.blocks.effect import Sends
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.story import Story
from otn_studio.blocks.words import Words
from otn_studio.checks.proof.explore import Explored, Trace, explore
from otn_studio.checks.proof.judging import Danger
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.realising import Realising
from otn_studio.flow.project import Project
from otn_studio.policy.sending import Refusal

Way = tuple[Danger, Trace]


def findings(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id. What has a way out for it is no finding, unless the flow itself is the reason."""
    map = Map(project)
    explored = explore(map)
    realising = Realising(map, explored)
    found: dict[str, list[Finding]] = defaultdict(list)
    for (flow, block, _), ways in unprovided(map, explored).items():
        found[flow].append(_finding(map, realising, ways, block))
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


def _finding(map: Map, realising: Realising, ways: list[Way], block: str) -> Finding:
    """The worst that a story could be found for."""
    told = _told(realising, ways)
    place, refusal = ways[0][1].place, ways[0][0].refusal
    code = f"policy_{refusal}"
    field = "by_topic" if _uses_permission(map, place) else ""
    if told is None and refusal not in WHATEVER_THEY_DO:
        words = Words(
            "It could not be shown that this can always be sent: {reason}.",
            reason=REASONS[refusal],
        )
        return Finding(code, Severity.UNSURE, words, block, field)
    story, always = told or (None, True)
    sentence = (ALWAYS if always else SOMETIMES)[refusal]
    words = Words(sentence.text, topic=_topic_name(map, place))
    severity = Severity.ERROR if always else Severity.WARNING
    return Finding(code, severity, words, block, field, story)


def _told(realising: Realising, ways: list[Way]) -> tuple[Story, bool] | None:
    """A story into one of the ways, and whether every timing of it goes wrong."""
    for danger, trace in sorted(ways, key=lambda way: not way[0].always):
        if (told := realising.story(danger, trace)) is not None:
            story, usual = told
            return story, danger.always and (usual or danger.refusal in WHATEVER_THEY_DO)
    danger, trace = ways[0]
    story = realising.by_accident(danger, trace.place)
    return None if story is None else (story, danger.refusal in WHATEVER_THEY_DO)


def _uses_permission(map: Map, place: Place) -> bool:
    effect = map.node(place).effect
    return isinstance(effect, Sends) and effect.topic != ""


def _topic_name(map: Map, place: Place) -> str:
    effect = map.node(place).effect
    topic = map.project.topic(effect.topic) if isinstance(effect, Sends) else None
    return topic.name if topic else ""


WHATEVER_THEY_DO = frozenset({Refusal.NOT_IN_COUNTRY})

REASONS = {
    Refusal.TOO_LATE: Words("the 24 hours may be over"),
    Refusal.NO_PERMISSION: Words("there may be no permission left"),
    Refusal.USED: Words("there may be no permission left"),
    Refusal.EXPIRED: Words("the permission may have ended"),
    Refusal.STOPPED: Words("the person may have stopped the topic"),
    Refusal.TOO_SOON: Words("it may be too soon after the message before"),
    Refusal.TOO_LONG: Words("it may be too long for a message right after the yes"),
    Refusal.NOT_IN_COUNTRY: Words("recurring messages may not be allowed in your Page's country"),
    Refusal.ASKED_LATELY: Words("the person may have been asked the same within a week"),
}
_LATE_REPAIRS = (
    " Ask for permission first and send it by a topic, send it sooner, or say what happens at “Too"
    " late”."
)
ALWAYS = {
    Refusal.TOO_LATE: Words(
        "This message always comes after the 24 hours are over." + _LATE_REPAIRS
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
        "Messenger does not allow recurring messages in your Page's country any more. Use a one-time"
        " topic instead."
    ),
    Refusal.ASKED_LATELY: Words(
        "The person is asked the same twice within a week, which Messenger refuses. Ask once, or"
        " change the opt-in message."
    ),
}
SOMETIMES = {
    Refusal.TOO_LATE: Words("This message can come after the 24 hours are over." + _LATE_REPAIRS),
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

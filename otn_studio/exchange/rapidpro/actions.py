"""The actions of RapidPro as blocks."""

from collections.abc import Callable
from typing import Final

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.remove_from_sequence import RemoveFromSequence
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.tag import TAG_LIMIT, Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain, readable_id
from otn_studio.exchange.rapidpro import messages, naming, outside
from otn_studio.exchange.rapidpro.naming import Aspect, snake
from otn_studio.exchange.rapidpro.paper import id_of
from otn_studio.exchange.rapidpro.sheet import NOTHING_LIKE_IT, Sheet
from otn_studio.exchange.source import Part
from otn_studio.flow.document import Topic
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency

Draw = Callable[[Sheet, Chain, Part], None]

FIELD, RESULT, TAG = Words("Field"), Words("Result"), Words("Group")
OTHER_FLOW = Words("Other flow")
ACTION, ABOUT_PERSON = Words("Action"), Words("About the person")
DYNAMIC: Final = Words("A tag can’t be put together by an expression here.")
LOST_ACTIONS: Final = {
    "add_input_labels": Words("Messages have no labels here."),
    "send_broadcast": Words("A flow writes to nobody but the person in it here."),
    "start_session": Words("A flow starts others for nobody but the person in it here."),
    "call_resthook": Words("There are no resthooks here; use an HTTP request."),
    "call_classifier": Words("There is no service here that guesses what people mean."),
    "call_llm": Words("There is no language model here."),
    "transfer_airtime": Words("Airtime can’t be given here."),
    "add_contact_urn": Words("People here have no address but that of Messenger."),
    "set_contact_channel": Words("There is only one channel here."),
    "set_contact_status": Words("Nobody is blocked or archived by a flow here."),
}


def draw(sheet: Sheet, chain: Chain, action: Part) -> None:
    """Draw an action at the end of the chain, or say why it is lost."""
    kind = action.text("type")
    if kind in _DRAWS:
        _DRAWS[kind](sheet, chain, action)
    else:
        sheet.lost(ACTION, kind, action.where, LOST_ACTIONS.get(kind, NOTHING_LIKE_IT))


def _set_field(sheet: Sheet, chain: Chain, action: Part) -> None:
    field = action.part("field")
    key = sheet.names.contact_field(field.text("key"), field.text("name"))
    value, why = sheet.liquid(action.text("value"))
    chain.then(SetField(field=sheet.use(key), value=value))
    sheet.made(FIELD, field.text("name") or key, action.where, why)
    sheet.leftover(action, "type", "uuid", "field", "value")


def _set_result(sheet: Sheet, chain: Chain, action: Part) -> None:
    name, names = action.text("name"), sheet.names
    value, why = sheet.liquid(action.text("value"))
    key = names.result(sheet.uuid, snake(name))
    chain.then(SetField(field=sheet.use(key), value=value))
    if (snake(name), Aspect.CATEGORY) in names.read:
        category = names.result(sheet.uuid, snake(name), Aspect.CATEGORY)
        chain.then(SetField(field=sheet.use(category), value=action.text("category")))
    sheet.made(RESULT, name, action.where, why)
    sheet.leftover(action, "type", "uuid", "name", "value", "category")


def _set_local(sheet: Sheet, chain: Chain, action: Part) -> None:
    """What is known for the time of a run only; here it stays."""
    name, operation = action.text("local"), action.text("operation")
    key = sheet.use(sheet.names.result(sheet.uuid, f"local {name}"))
    value, why = sheet.liquid(action.text("value"))
    if operation == "increment":
        value = f"{{{{ contact.{key} | plus: {value or 1} }}}}"
    chain.then(SetField(field=key, value="" if operation == "clear" else value))
    sheet.made(RESULT, name, action.where, why)
    sheet.leftover(action, "type", "uuid", "local", "value", "operation")


def _set_name(sheet: Sheet, chain: Chain, action: Part) -> None:
    value, why = sheet.liquid(action.text("name"))
    chain.then(SetField(field="first_name", value=value))
    chain.then(SetField(field="last_name", value=""))
    whole = Words("The whole name is kept as the first name.")
    sheet.made(ABOUT_PERSON, action.text("name"), action.where, whole, why)
    sheet.leftover(action, "type", "uuid", "name")


def _set_language(sheet: Sheet, chain: Chain, action: Part) -> None:
    code = action.text("language")
    language, why = sheet.liquid(naming.language(code) or code)
    chain.then(SetField(field="locale", value=language))
    sheet.made(ABOUT_PERSON, code, action.where, why)
    sheet.leftover(action, "type", "uuid", "language")


def _set_zone(sheet: Sheet, chain: Chain, action: Part) -> None:
    zone, why = sheet.liquid(action.text("timezone"))
    chain.then(SetField(field="time_zone", value=zone))
    sheet.made(ABOUT_PERSON, action.text("timezone"), action.where, why)
    sheet.leftover(action, "type", "uuid", "timezone")


def _add_groups(sheet: Sheet, chain: Chain, action: Part) -> None:
    for group in action.parts("groups"):
        if name := _group(sheet, group):
            chain.then(Tag(tag=name))
            for sequence in sheet.container.sequences.get(name, ()):
                chain.then(AddToSequence(sequence=sequence))
    sheet.made(TAG, _names(action), action.where, _too_long(action))
    sheet.leftover(action, "type", "uuid", "groups")


def _remove_groups(sheet: Sheet, chain: Chain, action: Part) -> None:
    groups = [_group(sheet, group) for group in action.parts("groups")]
    why = None
    if action.flag("all_groups"):
        groups = sorted(set(sheet.container.groups.values()))
        why = Words("The tags that the file knows are taken off, and no others.")
    for name in filter(None, groups):
        chain.then(Untag(tag=name))
        for sequence in sheet.container.sequences.get(name, ()):
            chain.then(RemoveFromSequence(sequence=sequence))
    sheet.made(TAG, _names(action), action.where, why, _too_long(action))
    sheet.leftover(action, "type", "uuid", "groups", "all_groups")


def _group(sheet: Sheet, group: Part) -> str:
    """The tag of a group; empty where it is chosen by an expression."""
    name = group.text("name") or sheet.container.groups.get(group.text("uuid"), "")
    if not name:
        sheet.lost(TAG, group.text("name_match"), group.where, DYNAMIC)
    return " ".join(name.split())[:TAG_LIMIT]


def _too_long(action: Part) -> Words | None:
    if all(len(group.text("name")) <= TAG_LIMIT for group in action.parts("groups")):
        return None
    return Words("A tag has at most {limit} characters, so its name is cut.", limit=TAG_LIMIT)


def _names(action: Part) -> str:
    return ", ".join(group.text("name") for group in action.parts("groups"))


def _enter_flow(sheet: Sheet, chain: Chain, action: Part) -> None:
    flow = action.part("flow")
    uuid, name = flow.text("uuid"), flow.text("name")
    _hand_results_over(sheet, chain, uuid)
    id = sheet.container.flows.get(uuid)
    here = {known.name: known.id for known in sheet.container.here.flows.values()}
    if id is not None:
        sheet.made(OTHER_FLOW, name, action.where)
    elif name in here:
        id = here[name]
        sheet.container.report.matched(OTHER_FLOW, name, action.where, sheet.drawing.id)
    else:
        why = Words("The file has no such flow. Import it, too, or choose another one.")
        sheet.made(OTHER_FLOW, name, action.where, why)
    block = GoToFlow(title=name, flow=id or readable_id(name, uuid[:8]))
    chain.then(block)
    if action.flag("terminal"):
        chain.stop()
    sheet.leftover(action, "type", "uuid", "flow", "terminal")


def _hand_results_over(sheet: Sheet, chain: Chain, to: str) -> None:
    """Tell another flow what it asks about the results of this one."""
    names = sheet.names
    for name, aspect in sorted(names.from_parent.get(to, ())):
        value = ""
        if name in names.results.get(sheet.uuid, ()):
            value = f"{{{{ contact.{sheet.use(names.result(sheet.uuid, name, aspect))} }}}}"
        key = names.handed_over(to, name, aspect)
        chain.then(SetField(field=sheet.use(key), value=value))


def _opt_in(sheet: Sheet, chain: Chain, action: Part) -> None:
    name, uuid = (action.part("optin").text(key) for key in ("name", "uuid"))
    name, here = name or "Opt-in", sheet.container.here
    topic = _known_topic(here, uuid)
    why = None
    if topic is None:
        topic = readable_id(name, uuid[:8])
        why = Words("It asks for a daily topic, with the opt-in’s name; choose what fits.")
    sheet.drawing.topics[topic] = here.topic(topic) or Topic(name[:65], Frequency.DAILY)
    messages.say(sheet, chain, [RecurringRequest(id="e", topic=topic, title=name[:65])])
    sheet.made(ACTION, name, action.where, why)
    sheet.leftover(action, "type", "uuid", "optin")


def _known_topic(here: Project, uuid: str) -> str | None:
    """The topic that came from there before, or went there, whatever it is called by now."""
    tail = f"-{uuid[:8].lower()}" if len(uuid) >= 8 else "no uuid"
    ids = (id for flow in here.flows.values() for id in flow.topics)
    return next((id for id in ids if id.endswith(tail) or id_of("optin", id) == uuid), None)


def _play(sheet: Sheet, chain: Chain, action: Part) -> None:
    url = action.text("audio_url")
    messages.say(sheet, chain, [Audio(id="e", url=url)])
    why = Words("It is sent as a sound instead of being played on the telephone.")
    sheet.made(messages.MESSAGE, url, action.where, why)
    sheet.leftover(action, "type", "uuid", "audio_url")


def _speak(sheet: Sheet, chain: Chain, action: Part) -> None:
    text, lost = sheet.liquid(action.text("text"))
    messages.say(sheet, chain, [Text(id="e", text=text)])
    why = Words("It is written instead of being said on the telephone.")
    sheet.made(messages.MESSAGE, action.text("text"), action.where, why, lost)
    sheet.leftover(action, "type", "uuid", "text")


_DRAWS: Final[dict[str, Draw]] = {
    "send_msg": messages.send,
    "set_contact_field": _set_field,
    "set_run_result": _set_result,
    "set_run_local": _set_local,
    "set_contact_name": _set_name,
    "set_contact_language": _set_language,
    "set_contact_timezone": _set_zone,
    "add_contact_groups": _add_groups,
    "remove_contact_groups": _remove_groups,
    "enter_flow": _enter_flow,
    "call_webhook": outside.call,
    "send_email": outside.mail,
    "open_ticket": outside.ticket,
    "request_optin": _opt_in,
    "play_audio": _play,
    "say_msg": _speak,
}

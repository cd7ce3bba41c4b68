"""What starts the flows of a container: triggers as starts, campaigns as sequences."""

from datetime import time
from typing import Final

from otn_studio.blocks.block import Start
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait_until_date import MISSED, WaitUntilDate
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain, Drawing, readable_id
from otn_studio.exchange.rapidpro import naming
from otn_studio.exchange.rapidpro.legacy_texts import flow_id
from otn_studio.exchange.rapidpro.sheet import NOTHING_LIKE_IT, Container, Sheet
from otn_studio.exchange.source import Part
from otn_studio.flow.document import Flow

TRIGGER, CAMPAIGN, EVENT = Words("Trigger"), Words("Campaign"), Words("Campaign event")
MATCHES: Final = {"O": "is", "F": "starts_with", "": "starts_with"}
UNITS: Final = {"M": "minutes", "H": "hours", "D": "days", "W": "weeks"}
MINUTES: Final = {"M": 1, "H": 60, "D": 1_440, "W": 10_080}
NO_SUCH_START: Final = {
    "S": Words("Nothing starts by a timetable here; use a broadcast or a sequence."),
    "M": Words("There are no telephone calls here."),
    "V": Words("There are no telephone calls here."),
    "T": Words("There are no tickets here."),
}
ONLY_SOME: Final = Words("It starts for everybody, whatever groups they are in.")
KNOWN_OF_EVENT: Final = (
    *("uuid", "offset", "unit", "event_type", "delivery_hour", "message", "relative_to", "flow"),
    "base_language",
)
BY_ITSELF: Final = Words(
    "It runs for those whom a flow puts into the group; a date that changes later changes nothing."
)


def starts(container: Container, source: Part) -> dict[str, list[Start]]:
    """The starts of each flow, by its uuid there."""
    found: dict[str, list[Start]] = {}
    for trigger in source.parts("triggers"):
        flow = trigger.part("flow")
        uuid, name = flow_id(flow), trigger.text("keyword") or flow.text("name")
        start, report = _start(trigger), container.report
        if uuid not in container.flows:
            why = Words("The file has no such flow.")
            report.lost(TRIGGER, name, trigger.where, why)
        elif start is None:
            why = NO_SUCH_START.get(trigger.text("trigger_type"), NOTHING_LIKE_IT)
            report.lost(TRIGGER, name, trigger.where, why)
        else:
            found.setdefault(uuid, []).append(start)
            id = container.flows[uuid]
            if any(trigger.parts(key) for key in ("groups", "exclude_groups", "contacts")):
                report.changed(TRIGGER, name, trigger.where, ONLY_SOME, id)
            else:
                report.created(TRIGGER, name, trigger.where, id)
    return found


def _start(trigger: Part) -> Start | None:
    match trigger.text("trigger_type"):
        case "K":
            words = trigger.texts("keywords") or [trigger.text("keyword")]
            match = MATCHES.get(trigger.text("match_type"), "starts_with")
            return Keyword(match=match, keywords=tuple(filter(None, words)))
        case "C":
            return DefaultReply()
        case "N":
            return GetStarted()
        case "R":
            return MeLink(ref=trigger.text("referrer_id"))
    return None


def sequences(container: Container, source: Part) -> list[Flow]:
    """A sequence for each campaign and each date that it counts from."""
    made = []
    for campaign in source.parts("campaigns"):
        events = campaign.parts("events")
        group = campaign.part("group").text("name")
        dates = dict.fromkeys(event.part("relative_to").text("key") for event in events)
        for date in dates:
            own = [event for event in events if event.part("relative_to").text("key") == date]
            flow = _sequence(container, campaign, date, sorted(own, key=_minutes))
            container.sequences.setdefault(group, []).append(flow.id)
            made.append(flow)
        container.report.changed(CAMPAIGN, campaign.text("name"), campaign.where, BY_ITSELF)
    return made


def _minutes(event: Part) -> int:
    return event.number("offset") * MINUTES.get(event.text("unit"), 1)


def _sequence(container: Container, campaign: Part, date: str, events: list[Part]) -> Flow:
    name = f"{campaign.text('name')}: {date}"
    drawing = Drawing(readable_id(name, campaign.text("uuid")[:8]), name)
    sheet = Sheet(container, campaign, drawing)
    label = ("begin", "")
    drawing.lead(drawing.add(Joined()), "next", label)
    chain = Chain(drawing, label)
    for event in events:
        wait = _wait(sheet, chain, event, date)
        _do(sheet, chain, event)
        chain.also(wait, MISSED.id)
    return drawing.flow()


def _wait(sheet: Sheet, chain: Chain, event: Part, date: str) -> str:
    """Wait until the date of an event; one that is over, or not known, is passed over."""
    known = sheet.find(("contact", date)) if date in ("created_on", "last_seen_on") else None
    field = known or sheet.find(("fields", date))
    unit, hour = UNITS.get(event.text("unit"), "days"), event.number("delivery_hour")
    offset = event.number("offset")
    until = f"{{{{ {field} | plus_{unit}: {offset} }}}}"
    if 0 <= hour <= 23:
        until = f'{{{{ {field} | plus_{unit}: {offset} | date: "%Y-%m-%d" }}}}'
    return chain.then(WaitUntilDate(until=until, at=time(hour if 0 <= hour <= 23 else 9)))


def _do(sheet: Sheet, chain: Chain, event: Part) -> None:
    flow = event.part("flow")
    name = flow.text("name") or naming.snake(event.text("event_type"))
    whys = []
    if "flow" in event:
        id = sheet.container.flows.get(flow_id(flow))
        if id is None:
            whys.append(Words("The file has no such flow. Import it, too, or choose another one."))
        chain.then(GoToFlow(title=name, flow=id or readable_id(name, flow.text("uuid")[:8])))
    else:
        name, why = _say(sheet, chain, event)
        whys += [why, Words("Outside the 24 hours it needs a topic’s permission; choose one.")]
    sheet.made(EVENT, name, event.where, *whys)
    sheet.leftover(event, *KNOWN_OF_EVENT)


def _say(sheet: Sheet, chain: Chain, event: Part) -> tuple[str, Words | None]:
    """The message of an event, in all its languages."""
    drawing, own = sheet.drawing, event.text("base_language")
    if not isinstance(event.values.get("message"), dict):
        texts = {own: event.text("message")}
    else:
        texts = {code: event.part("message").text(code) for code in event.part("message").values}
    drawing.language = drawing.language or naming.language(own)
    text, why = sheet.liquid(texts.get(own) or next(iter(texts.values()), ""))
    block = chain.then(SendMessage(elements=(Text(id="e1", text=text),)))
    for code, said in texts.items():
        if code != own and naming.language(code):
            drawing.translate(naming.language(code), block, "e1.text", sheet.liquid(said)[0])
    return text, why

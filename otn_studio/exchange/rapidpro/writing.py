"""A project as a container of RapidPro, in version 13 of its format."""

import json
from collections.abc import Iterator
from typing import Any, Final

from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.block import Start
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.me_link import MeLink
from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro import steps
from otn_studio.exchange.rapidpro.paper import Paper, code_of, id_of
from otn_studio.exchange.report import Exported, Report
from otn_studio.flow.document import Flow, Frame, Position
from otn_studio.flow.project import Project

SPEC: Final = "13.1.0"
A_WEEK: Final = 7 * 24 * 60
TYPES: Final = {
    FieldType.NUMBER: "numeric",
    FieldType.DATE: "datetime",
    FieldType.DATE_TIME: "datetime",
}
FLOW, START = Words("Flow"), Words("Start")
NO_SUCH_START: Final = Words("RapidPro has no such trigger.")
ANYWHERE: Final = Words("RapidPro looks for the keyword at the beginning only.")
ONE_ENTRY: Final = Words("A flow of RapidPro begins in one place; this start leads to another.")
GLOBAL: Final = Words("RapidPro calls it a global, and has its value itself: set it there.")
STICKY: Final = Words("RapidPro draws no frames: what it says stands in a note there.")
ONE_TIME: Final = Words("All waits of a flow of RapidPro expire after the same time.")


def write(project: Project) -> Exported:
    """The project's flows, and what becomes of their blocks there."""
    report = Report()
    names = {flow.id: flow.name for flow in project.flows.values()}
    papers = [_written(flow, names, report) for flow in project.flows.values()]
    groups = {uuid: tag for paper in papers for uuid, tag in paper.groups.items()}
    container = {
        "version": "13",
        "flows": [_flow(paper) for paper in papers],
        "campaigns": [],
        "triggers": [trigger for paper in papers for trigger in _triggers(paper)],
        "fields": _fields(project),
        "groups": [{"uuid": uuid, "name": tag, "query": None} for uuid, tag in groups.items()],
    }
    text = json.dumps(container, ensure_ascii=False, indent=2) + "\n"
    return Exported(text.encode(), tuple(report))


def _written(flow: Flow, names: dict[str, str], report: Report) -> Paper:
    paper = Paper(flow, names, report)
    for id, block in flow.blocks.items():
        steps.write(paper, id, block)
    for key, field in flow.fields.items():
        if field.of_page:
            report.changed(Words("field"), field.name, f"/fields/{key}", GLOBAL, flow.id)
    for id, frame in flow.frames.items():
        report.changed(Words("frame"), frame.title, f"/frames/{id}", STICKY, flow.id)
    return paper


def _flow(paper: Paper) -> dict[str, Any]:
    flow, nodes = paper.flow, paper.nodes
    first = paper.entry(_entry(flow))
    nodes.sort(key=lambda node: node["uuid"] != first)
    if len(paper.expires) > 1:
        paper.report.changed(FLOW, flow.name, "/", ONE_TIME, flow.id)
    else:
        paper.report.created(FLOW, flow.name, "/", flow.id)
    return {
        "uuid": id_of(flow.id),
        "name": flow.name[:64],
        "spec_version": SPEC,
        "language": "base" if not flow.language else code_of(flow.language),
        "type": "messaging",
        "revision": 1,
        "expire_after_minutes": max(paper.expires, default=A_WEEK),
        "localization": paper.localization,
        "nodes": nodes,
        "_ui": {"nodes": _places(paper), "stickies": _stickies(flow)},
    }


def _entry(flow: Flow) -> str | None:
    """The block in which it begins: where its starts lead, most of all those of other flows."""
    starts = sorted(
        (id for id, block in flow.blocks.items() if isinstance(block, Start)),
        key=lambda id: not isinstance(flow.blocks[id], AnotherFlow),
    )
    leads = (flow.leads_to(id, "next") for id in starts)
    return next((to for to in leads if to is not None), None)


def _triggers(paper: Paper) -> Iterator[dict[str, Any]]:
    flow, entry = paper.flow, _entry(paper.flow)
    for id, start in flow.blocks.items():
        if not isinstance(start, Start) or isinstance(start, AnotherFlow):
            continue
        made, where = list(_of_start(start)), f"/blocks/{id}"
        name = str(start.label())
        if not made or flow.leads_to(id, "next") != entry:
            why = ONE_ENTRY if made else NO_SUCH_START
            paper.report.lost(START, name, where, why, flow.id)
            continue
        if isinstance(start, Keyword) and start.match == "contains":
            paper.report.changed(START, name, where, ANYWHERE, flow.id)
        else:
            paper.report.created(START, name, where, flow.id)
        for trigger in made:
            yield {**trigger, "flow": paper.flow_named(flow.id), "groups": [], "channel": None}


def _of_start(start: Start) -> Iterator[dict[str, Any]]:
    match start:
        case Keyword(keywords=keywords, match=match):
            for word in keywords:
                kind = "O" if match == "is" else "F"
                yield {"trigger_type": "K", "keyword": word, "match_type": kind}
        case DefaultReply():
            yield {"trigger_type": "C", "keyword": None}
        case GetStarted():
            yield {"trigger_type": "N", "keyword": None}
        case MeLink(ref=ref):
            yield {"trigger_type": "R", "keyword": None, "referrer_id": ref}


def _fields(project: Project) -> list[dict[str, str]]:
    fields = {key: field for flow in project.flows.values() for key, field in flow.fields.items()}
    return [
        {"key": key.replace("-", "_"), "name": field.name, "type": TYPES.get(field.type, "text")}
        for key, field in sorted(fields.items())
        if key not in SYSTEM_FIELDS and not field.of_page
    ]


def _places(paper: Paper) -> dict[str, Any]:
    """Where each node stands: its block's place, and those that it became below each other."""
    places = {}
    of_block = {paper.entry(id): place for id, place in paper.flow.layout.items()}
    for number, node in enumerate(paper.nodes):
        place = of_block.get(node["uuid"])
        left, top = (place.x, place.y) if place else (number % 10 * 320, number // 10 * 240)
        position = {"left": max(int(left), 0), "top": max(int(top), 0)}
        places[node["uuid"]] = {"position": position, **paper.places[node["uuid"]]}
    return places


def _stickies(flow: Flow) -> dict[str, Any]:
    """The notes, and what stands on the frames."""
    notes = {
        id_of(flow.id, id): _sticky("", block.text, flow.layout.get(id))
        for id, block in flow.blocks.items()
        if isinstance(block, Note)
    }
    frames = {
        id_of(flow.id, "frame", id): _sticky(frame.title, frame.note, frame)
        for id, frame in flow.frames.items()
    }
    return notes | frames


def _sticky(title: str, body: str, place: Position | Frame | None) -> dict[str, Any]:
    position = {"left": int(place.x), "top": int(place.y)} if place else {"left": 0, "top": 0}
    return {"title": title, "body": body, "color": "yellow", "position": position}

"""A container, the file that RapidPro exports, as flows."""

from collections.abc import Iterable
from typing import Any, Final

from otn_studio.blocks.words import Words
from otn_studio.exchange import reading
from otn_studio.exchange.drawing import free, readable_id
from otn_studio.exchange.rapidpro import flows, legacy, starting
from otn_studio.exchange.rapidpro.sheet import DETAIL, NOTHING_LIKE_IT, Container
from otn_studio.exchange.report import Imported
from otn_studio.exchange.source import Part, Placed
from otn_studio.flow.document import Flow
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project

NEWEST: Final = 14
FIELD, GROUP = Words("Field"), Words("Group")
KNOWN: Final = ("version", "site", "flows", "triggers", "campaigns", "fields", "groups")


def recognises(content: bytes) -> bool:
    """Whether it is an export of RapidPro, or one of its flows."""
    try:
        data = reading.values(content)
    except Unreadable:
        return False
    return isinstance(data, dict) and (_is_container(data) or _is_flow(data))


def read(content: bytes, here: Project, name: str) -> Imported:
    """What becomes of an export of RapidPro or TextIt, or of a single flow of theirs.

    Raises:
        Unreadable: it is none, it is broken, or it is newer than what is known here.
    """
    try:
        return _read(reading.values(content), here)
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply to be read.") from error


def _read(data: Any, here: Project) -> Imported:
    if not isinstance(data, dict) or not (_is_container(data) or _is_flow(data)):
        raise Unreadable("The file is not an export of RapidPro or TextIt: it has no flows.")
    source = Part(data if _is_container(data) else {"flows": [Placed("", data)]}, "")
    _refuse_newer(source)
    parts = [_upgraded(flow) for flow in source.parts("flows")]
    container = Container(here)
    _know(container, source, parts)
    starts = starting.starts(container, source)
    made = starting.sequences(container, source)
    made += [flows.drawn(container, part, starts.get(part.text("uuid"), [])) for part in parts]
    _fields(container, source, made)
    for key, value in source.values.items():
        if key not in KNOWN and value:
            container.report.lost(DETAIL, key, source.at(key), NOTHING_LIKE_IT)
    if "site" in source:
        why = Words("Where it comes from is not kept.")
        container.report.lost(DETAIL, source.text("site"), source.at("site"), why)
    return Imported(tuple(made), tuple(container.report))


def _is_container(data: dict[str, Any]) -> bool:
    entries = data.get("flows")
    if not isinstance(entries, list):
        return False
    return all(_is_flow(entry) for entry in entries) if entries else "campaigns" in data


def _is_flow(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    return "nodes" in data or "action_sets" in data or "rule_sets" in data


def _refuse_newer(source: Part) -> None:
    for flow in source.parts("flows"):
        version = flow.text("spec_version") or source.text("version")
        major = version.partition(".")[0]
        if major.isdecimal() and int(major[:4]) > NEWEST:
            raise Unreadable(
                "The flow “{name}” is in version {version} of RapidPro’s format; up to {newest} is"
                " known here.",
                name=flow.text("name"),
                version=version,
                newest=NEWEST,
            )


def _upgraded(flow: Part) -> Part:
    return legacy.upgraded(flow) if legacy.is_legacy(flow) else flow


def _know(container: Container, source: Part, parts: Iterable[Part]) -> None:
    """Take note of all names before anything is drawn."""
    for group in source.parts("groups"):
        container.groups[group.text("uuid")] = group.text("name")
    for field in source.parts("fields"):
        container.names.declare(field.text("key"), field.text("name"), field.text("type"))
    taken: set[str] = set()
    for part in parts:
        uuid = part.text("uuid")
        if not uuid or uuid in container.flows:
            raise Unreadable(
                "The flow “{name}” has no id of its own. Export the file anew.",
                name=part.text("name"),
            )
        id = free(_known_id(container, uuid) or readable_id(part.text("name"), uuid[:8]), taken)
        taken.add(id)
        container.flows[uuid] = id
        container.names.learn(part, flows.templates(part), flows.results(part))
        container.names.reads_input |= flows.hears_elsewhere(part)
    _groups(container, source)


def _known_id(container: Container, uuid: str) -> str:
    """The id of the flow that came from there before, whatever it was called then; empty: none."""
    tail = f"-{uuid[:8].lower()}"
    is_known = (id for id in container.here.flows if len(uuid) >= 8 and id.endswith(tail))
    return next(is_known, "")


def _groups(container: Container, source: Part) -> None:
    for group in source.parts("groups"):
        name = group.text("name")
        if group.text("query"):
            why = Words(
                "Nobody is put into it by “{query}”; make a segment of it on the Contacts page.",
                query=group.text("query"),
            )
            container.report.changed(GROUP, name, group.where, why)
        else:
            container.report.created(GROUP, name, group.where)


def _fields(container: Container, source: Part, made: list[Flow]) -> None:
    """A field belongs to the flows that use it."""
    used = {key for flow in made for key in flow.fields}
    known = {key for flow in container.here.flows.values() for key in flow.fields}
    for field in source.parts("fields"):
        key, name = container.names.contact_field(field.text("key")), field.text("name")
        if key in known:
            container.report.matched(FIELD, name, field.where)
        elif key in used:
            container.report.created(FIELD, name, field.where)
        else:
            why = Words("No flow of the file uses it, and fields belong to flows here.")
            container.report.lost(FIELD, name, field.where, why)

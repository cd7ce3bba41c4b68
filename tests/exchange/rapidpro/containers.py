"""Small containers of RapidPro, made by hand."""

import json
from typing import Any

from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate, Imported, Item
from otn_studio.flow.project import Project

RAPIDPRO = formats.named("rapidpro")


def container(*flows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "13", "site": "https://textit.example", "flows": list(flows), **more}


def a_flow(*nodes: dict[str, Any], name: str = "Shop", **more: Any) -> dict[str, Any]:
    return {
        "uuid": f"{name.lower()}-flow",
        "name": name,
        "spec_version": "13.1.0",
        "language": "eng",
        "type": "messaging",
        "revision": 1,
        "expire_after_minutes": 10080,
        "localization": {},
        "nodes": list(nodes),
        **more,
    }


def a_node(id: str, *actions: dict[str, Any], to: str | None = None) -> dict[str, Any]:
    exit = {"uuid": f"{id}-exit", "destination_uuid": to}
    return {"uuid": id, "actions": list(actions), "exits": [exit]}


def says(text: str, *quick: str, id: str = "say", **more: Any) -> dict[str, Any]:
    return {"type": "send_msg", "uuid": id, "text": text, "quick_replies": list(quick), **more}


def sets(key: str, value: str) -> dict[str, Any]:
    field = {"key": key, "name": key.title()}
    return {"type": "set_contact_field", "uuid": f"set-{key}", "field": field, "value": value}


def a_split(
    id: str,
    *cases: tuple[str, list[str], str],
    other: str | None = None,
    operand: str = "@input.text",
    wait: dict[str, Any] | None = None,
    result: str = "",
    actions: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    """Each case is its test, what it compares with, and the node that it leads to, its category."""
    names = [*dict.fromkeys(to for _, _, to in cases), "Other"]
    exits = [
        {"uuid": f"{id}-{name}-exit", "destination_uuid": other if name == "Other" else name}
        for name in names
    ]
    categories = [
        {"uuid": f"{id}-{name}", "name": name.title(), "exit_uuid": f"{id}-{name}-exit"}
        for name in names
    ]
    written = [
        {"uuid": f"{id}-{n}", "type": test, "arguments": said, "category_uuid": f"{id}-{to}"}
        for n, (test, said, to) in enumerate(cases)
    ]
    router = {
        "type": "switch",
        "operand": operand,
        "cases": written,
        "categories": categories,
        "default_category_uuid": f"{id}-Other",
        "result_name": result,
        **({"wait": wait} if wait is not None else {}),
    }
    return {"uuid": id, "actions": list(actions), "router": router, "exits": exits}


WAIT = {"type": "msg"}


def imported(*flows: dict[str, Any], here: Project | None = None, **more: Any) -> Imported:
    content = json.dumps(container(*flows, **more)).encode()
    return RAPIDPRO.read(content, here or Project(), "export")


def lost(found: Imported) -> list[Item]:
    return [item for item in found.items if item.fate is Fate.LOST]


def why(found: Imported, where: str) -> str:
    """What is said of a part."""
    return next(str(item.why) for item in found.items if item.where == where)

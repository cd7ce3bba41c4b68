"""Whether an import says of every part of its source what becomes of it."""

from collections.abc import Iterator
from typing import Any

from otn_studio.exchange.report import Imported

PARTS = {"nodes", "actions", "exits", "cases", "categories"}
CONTAINED = {"flows", "triggers", "campaigns", "fields", "groups", "events"}


def ways(source: dict[str, Any]) -> Iterator[str]:
    """The way to everything in a container that somebody drew, wrote or set."""
    for key in CONTAINED - {"flows", "events"}:
        for index, entry in enumerate(source.get(key) or ()):
            yield f"/{key}/{index}"
            for number, _ in enumerate(entry.get("events") or ()):
                yield f"/{key}/{index}/events/{number}"
    for index, flow in enumerate(source["flows"]):
        yield f"/flows/{index}"
        yield from _within(flow.get("nodes") or [], f"/flows/{index}/nodes")
        for code, texts in flow.get("localization", {}).items():
            for uuid in texts:
                yield f"/flows/{index}/localization/{code}/{uuid}"


def _within(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if where.rpartition("/")[2] in PARTS:
                yield f"{where}/{index}"
            yield from _within(entry, f"{where}/{index}")
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in ("router", "wait"):
                yield f"{where}/{key}"
            yield from _within(entry, f"{where}/{key}")


def unaccounted(source: dict[str, Any], found: Imported) -> list[str]:
    told = {item.where for item in found.items}
    return [way for way in ways(source) if way not in told]

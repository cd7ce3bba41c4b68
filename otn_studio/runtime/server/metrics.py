"""Figures for Prometheus: what this process has done since it started, and what waits."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from otn_studio.messenger.graph import Answer
from otn_studio.storage.database import Database
from otn_studio.storage.engine import errands, lanes
from otn_studio.storage.sending import sends

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
REGISTRY: Final = CollectorRegistry()
EVENTS: Final = Counter("otn_events_stored", "Events stored", registry=REGISTRY)
LANES: Final = Counter("otn_lanes_read", "Lanes read", registry=REGISTRY)
CALLS: Final = Counter("otn_calls", "Calls to Messenger that ended", ["answer"], registry=REGISTRY)
STORING: Final = Histogram("otn_storing_seconds", "Storing what came", registry=REGISTRY)
DRAINING: Final = Histogram("otn_draining_seconds", "Reading lanes", registry=REGISTRY)

_WAITS: Final = {
    "otn_lanes_waiting": "Lanes to be read",
    "otn_sends_waiting": "Messages to be sent",
    "otn_errands_waiting": "Errands to be done",
}


def count_calls(ended: Iterable[tuple[int, Answer]]) -> None:
    """Count calls to Messenger by how they ended."""
    for _, answer in ended:
        CALLS.labels(type(answer).__name__).inc()


def waiting(database: Database, page_id: str, now: datetime) -> dict[str, int]:
    """What waits for a Page."""
    with database.reading() as connection:
        return {
            "otn_lanes_waiting": lanes.count_woken(connection, page_id),
            "otn_sends_waiting": sends.count_waiting(connection, page_id),
            "otn_errands_waiting": errands.count_waiting(connection, page_id, now),
        }


def shown(waiting: Mapping[str, Mapping[str, int]]) -> bytes:
    """All figures as Prometheus reads them; ``waiting`` is what waits, by Page."""
    gauges = CollectorRegistry()
    for name, words in _WAITS.items():
        gauge = Gauge(name, words, ["page"], registry=gauges)
        for page_id, counts in waiting.items():
            gauge.labels(page_id).set(counts[name])
    return generate_latest(REGISTRY) + generate_latest(gauges)

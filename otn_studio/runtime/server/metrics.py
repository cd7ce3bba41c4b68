"""Figures for Prometheus: what this process has done since it started, and what waits."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

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


def count_calls(ended: Iterable[tuple[int, Answer]]) -> None:
    """Count calls to Messenger by how they ended."""
    for _, answer in ended:
        CALLS.labels(type(answer).__name__).inc()


class Waiting(Collector):
    """What waits in the database, looked up whenever it is asked for."""

    def __init__(self, database: Database, page_id: str, now: datetime) -> None:
        self._database = database
        self._page_id = page_id
        self._now = now

    def collect(self) -> Iterator[Metric]:
        with self._database.reading() as connection:
            lanes_waiting = lanes.count_woken(connection, self._page_id)
            sends_waiting = sends.count_waiting(connection, self._page_id)
            errands_waiting = errands.count_waiting(connection, self._page_id, self._now)
        yield GaugeMetricFamily("otn_lanes_waiting", "Lanes to be read", lanes_waiting)
        yield GaugeMetricFamily("otn_sends_waiting", "Messages to be sent", sends_waiting)
        yield GaugeMetricFamily("otn_errands_waiting", "Errands to be done", errands_waiting)


def shown(database: Database, page_id: str, now: datetime) -> bytes:
    """All figures, as Prometheus reads them."""
    waiting = CollectorRegistry()
    waiting.register(Waiting(database, page_id, now))
    return generate_latest(REGISTRY) + generate_latest(waiting)

"""How long it takes from a webhook to the start of the call that answers it, at 100 a second.

The engine is a process, the one that sends webhooks is another, and so is the one in Messenger's
place; the machine's monotonic clock is the same for all. Counted from the moment the webhook goes out
until the first byte of the call is there. The peer is a bare loop of calls with ``requests``.
"""

import time
from collections import defaultdict
from datetime import UTC, datetime

import requests

from otn_studio.storage.database import Database
from tests.benchmarks import measuring, webhooks
from tests.benchmarks.measuring import Series, percentile
from tests.benchmarks.processes import PAGE, database_url, engine, running
from tests.benchmarks.webhooks import person_id
from tests.benchmarks.worlds import KEYWORD, publish_sample

REPETITIONS = 3
SECONDS = 20.0
A_SECOND = 100
BARE_CALLS = 100


def main() -> bool:
    measuring.title(f"From webhook to call, {A_SECOND} webhooks a second")
    middle, slow, worst, bare = [], [], [], []
    with measuring.folder() as folder:
        database = Database.open(database_url(folder))
        publish_sample(database, datetime.now(UTC))
        database.close()
        with (
            running("-m", "tests.benchmarks.graph_stub") as graph,
            engine(folder, graph.url) as served,
        ):
            _round(served.url, graph.url, "warm", 3.0)
            for repetition in range(REPETITIONS):
                bare.append(percentile(_bare_calls(graph.url), 50))
                took = _round(served.url, graph.url, str(repetition), SECONDS)
                middle.append(percentile(took, 50))
                slow.append(percentile(took, 99))
                worst.append(max(took))
        measuring.line("half of them within", Series(tuple(middle)), "ms")
        met = measuring.at_most("99 of 100 within", Series(tuple(slow)), 20.0, "ms")
        measuring.line("all within", Series(tuple(worst)), "ms")
        measuring.line("half of the bare calls within", Series(tuple(bare)), "ms")
        measuring.line("ratio of the halves", measuring.ratios(middle, bare))
        measuring.machine(folder)
    return met


def _round(engine_url: str, graph_url: str, run: str, seconds: float) -> list[float]:
    """Send webhooks, and match them with the calls that they led to; answers milliseconds."""
    sent = webhooks.steady(engine_url, KEYWORD, run, seconds, A_SECOND)
    time.sleep(1.0)  # the last are under way
    calls = defaultdict(list)
    for person, began in _calls(graph_url):
        calls[person].append(began)
    return [(calls[person_id(n)].pop(0) - at) / 1e6 for n, at in enumerate(sent.sent)]


def _bare_calls(graph_url: str) -> list[float]:
    began = []
    with requests.Session() as session:
        session.trust_env = False
        body = {"recipient": {"id": "1"}, "message": {"text": "Hello"}}
        for _ in range(BARE_CALLS):
            began.append(time.monotonic_ns())
            session.post(f"{graph_url}/{PAGE}/messages", json=body, timeout=10)
    return [(there - here) / 1e6 for here, (_, there) in zip(began, _calls(graph_url), strict=True)]


def _calls(graph_url: str) -> list[tuple[str, int]]:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{graph_url}/calls", timeout=10).json()


if __name__ == "__main__":
    main()

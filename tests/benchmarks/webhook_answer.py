"""Durable webhook answers a second, beside the same server when it stores nothing.

An answer is durable: what came is committed (SQLite, WAL, synchronous=FULL) before it goes out. What
it holds is read afterwards; that is measured too, with messages that no flow answers: then the engine
does two jobs at once.
"""

from collections import defaultdict
from contextlib import ExitStack

from tests.benchmarks import measuring, webhooks
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import engine, running

REPETITIONS = 5
SECONDS = 4.0
NOWHERE = "http://127.0.0.1:9"
ARMS = {
    "nothing": "stores nothing",
    "stores": "stores, then answers",
    "drains": "the engine: stores, answers, drains",
}


def main() -> bool:
    measuring.title("Durable webhook answers, 32 connections")
    rates, slow = defaultdict(list), defaultdict(list)
    with measuring.folder() as folder, ExitStack() as stack:
        urls = {}
        for arm in ARMS:
            (own := folder / arm).mkdir()
            process = (
                engine(own, NOWHERE)
                if arm == "drains"
                else running("-m", "tests.benchmarks.webhook_server", arm, str(own))
            )
            urls[arm] = stack.enter_context(process).url
            webhooks.flood(urls[arm], "nobody answers this", "warm", 1.0)
        for repetition in range(REPETITIONS):
            for arm, url in urls.items():
                sent = webhooks.flood(url, "nobody answers this", str(repetition), SECONDS)
                rates[arm].append(sent.per_second)
                slow[arm].append(measuring.percentile(sent.answer_times(), 99))
        for arm, name in ARMS.items():
            measuring.line(name, Series(tuple(rates[arm])), "answers/s")
            measuring.line("   99 of 100 within", Series(tuple(slow[arm])), "ms")
        draining = measuring.ratios(rates["drains"], rates["nothing"])
        measuring.line("ratio while it drains as well", draining)
        storing = measuring.ratios(rates["stores"], rates["nothing"])
        met = measuring.at_least("ratio of storing to not storing", storing, 0.8)
        measuring.machine(folder)
    return met


if __name__ == "__main__":
    main()

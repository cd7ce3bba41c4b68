"""What an engine takes of a core while nothing is due: it looks at its clock once a second.

It keeps some thousand timers and permissions for later. The peer is a process that sleeps for a
second, again and again. Both are watched over the same time.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from otn_studio.policy import one_time
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.tables import event, lane, permission, timer
from tests.benchmarks import measuring
from tests.benchmarks.measuring import Series
from tests.benchmarks.processes import PAGE, database_url, engine, running
from tests.benchmarks.worlds import messages, publish_sample

REPETITIONS = 3
SECONDS = 30.0
SETTLING_SECONDS = 5.0
PEOPLE = 5_000
TOPIC = "blue-sneakers-5d21f0"
SLEEPER = "import time; print('http://0.0.0.0:0', flush=True)\nwhile True: time.sleep(1)"


def main() -> bool:
    measuring.title(f"An idle engine with {PEOPLE:,} timers and {PEOPLE:,} permissions")
    idle, sleeping = [], []
    with measuring.folder() as folder:
        _prepare(folder)
        with engine(folder, "http://127.0.0.1:9") as served, running("-c", SLEEPER) as sleeper:
            time.sleep(SETTLING_SECONDS)
            for _ in range(REPETITIONS):
                before = _cpu_seconds(served.id), _cpu_seconds(sleeper.id)
                time.sleep(SECONDS)
                idle.append((_cpu_seconds(served.id) - before[0]) / SECONDS * 100)
                sleeping.append((_cpu_seconds(sleeper.id) - before[1]) / SECONDS * 100)
        met = measuring.at_most("the engine", Series(tuple(idle)), 0.5, "% of a core")
        measuring.line("a process that only sleeps", Series(tuple(sleeping)), "% of a core")
        measuring.line("ratio", measuring.ratios(idle, sleeping))
        measuring.machine(folder)
    return met


def _prepare(folder: Path) -> None:
    """People who wait in a flow, and who hold a permission each; nothing is due within a day."""
    now = datetime.now(UTC)
    database = Database.open(database_url(folder))
    publish_sample(database, now)
    with database.writing() as connection:
        inbox.store(connection, PAGE, list(messages(PEOPLE, now)), now)
        connection.execute(event.update().values(done_at=now))
        connection.execute(lane.update().values(woken_at=None))
        connection.execute(insert(timer), [_timer(id, now) for id in range(1, PEOPLE + 1)])
        connection.execute(insert(permission), [_yes(id, now) for id in range(1, PEOPLE + 1)])
    database.close()


def _timer(contact_id: int, now: datetime) -> dict:
    due_at = now + timedelta(days=1, seconds=contact_id)
    return {"page_id": PAGE, "contact_id": contact_id, "ticket": 1, "due_at": due_at}


def _yes(contact_id: int, now: datetime) -> dict:
    return {
        "page_id": PAGE,
        "contact_id": contact_id,
        "topic_id": TOPIC,
        "token": f"token-{contact_id}",
        "opted_in_at": now,
        "expires_at": one_time.expires_at(now),
        "next_allowed_at": now,
    }


def _cpu_seconds(process_id: int) -> float:
    """What all threads of a process have used so far, to the nanosecond (Linux)."""
    threads = Path(f"/proc/{process_id}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


if __name__ == "__main__":
    main()

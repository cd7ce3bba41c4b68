"""Wake-ups from process to process, carried by Procrastinate: "read these lanes", at least once.

A wake-up is put down in the transaction that gives the lanes something to read, so neither is ever
there without the other. It says nothing more: what there is to do stands in our own tables, and one
that gets lost is made up for by whoever sweeps (see `worker`).
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

import procrastinate
from procrastinate.schema import SchemaManager
from sqlalchemy import URL, Connection, Engine, event, text

log = logging.getLogger(__name__)

SCHEMA: Final = f"wakeups_{procrastinate.__version__}".replace(".", "_")
"""Where Procrastinate keeps its tables. Another version gets others: wake-ups are not worth moving."""
TASK: Final = "serve_lanes"
LANES_A_JOB: Final = 50
LOOK_SECONDS: Final = 1.0
PAUSE_SECONDS: Final = 1.0
STALLED_SECONDS: Final = 30.0
_LOOP: Final = asyncio.SelectorEventLoop
"""The only kind that psycopg works with on Windows."""


def prepare(engine: Engine) -> None:
    """Make Procrastinate's tables where they are missing, and let all connections find them.

    Nobody may be using a connection meanwhile.
    """
    _let_find(engine)
    engine.dispose()  # connections that were opened before would not
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": SCHEMA})
        there = text("SELECT 1 FROM information_schema.schemata WHERE schema_name = :name")
        if connection.scalar(there, {"name": SCHEMA}) is None:
            connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
            connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
            raw = connection.connection.driver_connection
            raw.execute(
                SchemaManager.get_schema()
            )  # many statements, which SQLAlchemy does not take


def _let_find(engine: Engine) -> None:

    @event.listens_for(engine, "connect")
    def add_schema(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('search_path', current_setting('search_path') || %s, false)",
                [f", {SCHEMA}"],
            )
        connection.commit()


class Carrier:
    """Carries the wake-ups of one Page."""

    def __init__(self, page_id: str) -> None:
        self._queue = _queue(page_id)
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def __call__(self, connection: Connection, contact_ids: Sequence[int]) -> None:
        """Put down that these lanes are to be read once this transaction is committed."""
        raw = connection.connection.driver_connection
        put_down = self._app.configure_task(TASK, queue=self._queue, connection=raw)
        for first in range(0, len(contact_ids), LANES_A_JOB):
            put_down.defer(contact_ids=list(contact_ids[first : first + LANES_A_JOB]))


class Hearing:
    """Hears the wake-ups of one Page, and has the lanes served by ``serve``, several at a time."""

    def __init__(
        self, url: URL, page_id: str, at_once: int, serve: Callable[[list[int]], object]
    ) -> None:
        plain = url.set(drivername="postgresql")
        self._conninfo = plain.render_as_string(hide_password=False)
        self._queue = _queue(page_id)
        self._at_once = at_once
        self._serve = serve
        self._stopping = False
        self._runner = asyncio.Runner(loop_factory=_LOOP)
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="hearing")

    def start(self) -> None:
        self._loop = self._runner.get_loop()
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being served."""
        self._loop.call_soon_threadsafe(self._end)
        self._thread.join()

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        with self._runner:
            self._runner.run(self._hear_on())

    def _end(self) -> None:
        self._stopping = True
        if self._task is not None:
            self._task.cancel()

    async def _hear_on(self) -> None:
        while not self._stopping:
            self._task = asyncio.create_task(self._hear())
            try:
                await self._task
            except asyncio.CancelledError:
                continue
            except Exception as problem:
                log.warning("no wake-ups can be heard just now: %s", problem)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _hear(self) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._conninfo,
            kwargs={"options": f"-c search_path={SCHEMA}"},
            min_size=2,
            max_size=self._at_once + 2,
        )
        app = procrastinate.App(connector=connector)

        @app.task(name=TASK, queue=self._queue)
        def serve_lanes(contact_ids: list[int]) -> None:
            self._serve(contact_ids)

        async with app.open_async(), asyncio.TaskGroup() as tasks:
            tidying = tasks.create_task(_forget_stalled(app))
            await app.run_worker_async(
                queues=[self._queue],
                concurrency=self._at_once,
                fetch_job_polling_interval=LOOK_SECONDS,
                delete_jobs="always",
                install_signal_handlers=False,
            )
            tidying.cancel()


async def _forget_stalled(app: procrastinate.App) -> None:
    """Wake-ups that somebody took and then died: their lanes are swept."""
    jobs = app.job_manager
    while True:
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            await jobs.finish_job(job, procrastinate.jobs.Status.FAILED, delete_job=True)
        await asyncio.sleep(STALLED_SECONDS)


def _queue(page_id: str) -> str:
    return f"page-{page_id}"

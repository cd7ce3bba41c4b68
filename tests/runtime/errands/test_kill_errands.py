"""The engine is killed in the middle of an errand."""

import socket
import threading
import time
from contextlib import closing

from sqlalchemy import select

from otn_studio.blocks.actions.notify import Notify
from otn_studio.cli.stage import Stage
from otn_studio.flow.project import Project
from otn_studio.runtime.publishing import publish
from otn_studio.storage.tables import errand
from tests.interpreter.flows import flow, keyword, says

PATIENCE = 30.0
HELP = flow(
    {"s": keyword("help"), "n": Notify(to="help@shop.example", text="Help"), "m": says("Soon")},
    *("s.next > n", "n.next > m"),
    id="help",
)


class SilentPost:
    """A mail server that takes calls, and never says a word."""

    def __init__(self) -> None:
        self.calls: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        try:
            while True:
                self.calls.append(self._server.accept()[0])
        except OSError:
            return

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        for open_one in (*self.calls, self._server):
            open_one.close()

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.calls) < count:
            assert time.monotonic() < deadline, "nobody called"
            time.sleep(0.02)


def test_what_was_being_done_is_done_again_under_the_same_key(tmp_path):
    post = SilentPost()
    with Stage(tmp_path, "Kicks & Co", mail_server=post.address) as stage, closing(post):
        stage.start_engine()
        stage.subscribe()
        publish(stage.database, stage.page_id, Project.of(HELP), stage.now())
        ann = stage.emulator.add_person("Ann")
        ann.write("help")
        post.wait_for(1)
        stage.settle()
        (before,) = _errands(stage)
        stage.kill_engine()
        assert _errands(stage) == [before], "it is known that it was being done"
        stage.start_engine()
        post.wait_for(2)
        (after,) = _errands(stage)
        assert (before.state, after.state, after.key) == ("doing", "doing", before.key)
        assert after.attempts == before.attempts + 1
        stage.settle()
        texts = [entry["text"] for entry in ann.phone() if entry["from"] == "page"]
        assert texts == ["Soon"], "the conversation did not wait for it"


def _errands(stage: Stage) -> list:
    with stage.database.reading() as connection:
        return connection.execute(select(errand)).all()

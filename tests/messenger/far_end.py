"""A real server that answers calls as badly as a test wants."""

import json
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Call:
    """One call as it arrived."""

    line: str
    headers: dict[str, str]
    body: bytes


def answer(content: object, status: int = 200, *headers: str) -> bytes:
    """A whole answer with a JSON body."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    head = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(head).encode() + body


ACCEPTED = answer({"recipient_id": "42", "message_id": "m_1"})


class FarEnd(socketserver.ThreadingTCPServer):
    """Listens on a free port. ``behave`` answers a call on its connection, and may leave it open.

    ``over`` is set when the test is: whoever hangs waits for it.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.calls: list[Call] = []
        self.connections = 0
        self.ended = 0
        self.over = threading.Event()
        self.behave: Callable[[BinaryIO], bool] = lambda out: answer_with(out, ACCEPTED)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def answers(self, data: bytes, keep: bool = True) -> None:
        """Answer every call with these bytes, then keep the connection or close it."""
        self.behave = lambda out: answer_with(out, data, keep)

    def hangs(self, data: bytes = b"") -> None:
        """Answer every call with these bytes, then nothing."""
        self.behave = lambda out: answer_with(out, data) and not self.over.wait(10)

    def shutdown_request(self, request) -> None:
        super().shutdown_request(request)
        self.ended += 1

    def saw_the_end_of(self, connections: int) -> bool:
        """Whether so many connections have ended, or do so soon."""
        patience = time.monotonic() + 5
        while self.ended < connections and time.monotonic() < patience:
            time.sleep(0.005)
        return self.ended >= connections

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


def answer_with(out: BinaryIO, data: bytes, keep: bool = True) -> bool:
    out.write(data)
    out.flush()
    return keep


class _Connection(socketserver.StreamRequestHandler):
    server: FarEnd

    def handle(self) -> None:
        self.server.connections += 1
        try:
            while (call := self._read()) and not self.server.over.is_set():
                self.server.calls.append(call)
                if not self.server.behave(self.wfile):
                    return
        except OSError:
            return

    def _read(self) -> Call | None:
        line = self.rfile.readline().decode("latin-1").strip()
        if " HTTP/1.1" not in line:
            return None
        headers = {}
        while head := self.rfile.readline().decode("latin-1").strip():
            name, _, value = head.partition(": ")
            headers[name.lower()] = value
        return Call(line, headers, self.rfile.read(int(headers.get("content-length", 0))))

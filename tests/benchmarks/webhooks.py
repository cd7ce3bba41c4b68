"""Sends webhooks to an engine, from a process of its own, over connections that stay open.

``flood``: the next one as soon as the last was answered, on every connection. ``steady``: so many a
second, whatever the engine does. All are written and signed before the first goes out. It prints, as
JSON, of every webhook that was answered when it went out and when the answer came.
"""

import json
import selectors
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from otn_studio.messenger.signature import sign
from tests.benchmarks.processes import PAGE, SECRET, start

CONNECTIONS = 32
PEOPLE = 1_000
"""They write in turns; no two of their messages are the same."""
FIRST_PERSON = 10**15
MOST_A_SECOND = 20_000
"""More than any server here can answer: so many are made for a flood."""


@dataclass
class Sent:
    """What became of the webhooks, in their order: nanoseconds of the machine's monotonic clock."""

    sent: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.answered) * 1e9 / (max(self.answered) - min(self.sent))

    def answer_times(self) -> list[float]:
        """In milliseconds."""
        return [(end - start) / 1e6 for start, end in zip(self.sent, self.answered, strict=True)]


def flood(url: str, text: str, run: str, seconds: float) -> Sent:
    """As many as go, for so long."""
    return _sent("flood", url, text, run, str(seconds), str(MOST_A_SECOND))


def steady(url: str, text: str, run: str, seconds: float, rate: int) -> Sent:
    """So many a second, for so long."""
    return _sent("steady", url, text, run, str(seconds), str(rate))


def _sent(*arguments: str) -> Sent:
    said, _ = start("-m", "tests.benchmarks.webhooks", *arguments).communicate()
    return Sent(**json.loads(said))


def person_id(number: int) -> str:
    """Who sends the webhook of that number."""
    return str(FIRST_PERSON + number % PEOPLE)


def message(person: str, mid: str, text: str) -> dict[str, Any]:
    """Somebody writes."""
    return {
        "sender": {"id": person},
        "recipient": {"id": PAGE},
        "timestamp": time.time_ns() // 10**6,
        "message": {"mid": mid, "text": text},
    }


def _request(host: str, number: int, text: str, run: str) -> bytes:
    item = message(person_id(number), f"m_{run}_{number}", text)
    entry = {"id": PAGE, "time": item["timestamp"], "messaging": [item]}
    body = json.dumps({"object": "page", "entry": [entry]}).encode()
    head = (
        "POST /webhook HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        f"X-Hub-Signature-256: {sign(SECRET, body)}",
        f"Content-Length: {len(body)}",
        "\r\n",
    )
    return "\r\n".join(head).encode() + body


class _Connection:
    """One request at a time. Anything but 200 ends the benchmark."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number = 0
        self._received = b""

    def send(self, number: int, request: bytes) -> None:
        self.number = number
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Whether what can be read now was the rest of the answer."""
        self._received += self.socket.recv(65_536)
        head, _, body = self._received.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode() or "the server hung up")
        if len(body) < int(head.lower().partition(b"content-length:")[2].split()[0]):
            return False
        self._received = b""
        return True


def _send(url: str, requests: list[bytes], due: Iterator[float], end: float) -> Sent:
    """Send each request when it is due, on a free connection, and the last before ``end``."""
    address = urlsplit(url)
    free = [_Connection(address.hostname, address.port) for _ in range(CONNECTIONS)]
    sent: dict[int, int] = {}
    answered: dict[int, int] = {}
    number, next_due = 0, next(due)
    with selectors.DefaultSelector() as selector:
        for connection in free:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        while (more := next_due < end) or len(free) < CONNECTIONS:
            pause = max(next_due - time.monotonic(), 0.0) if more and free else None
            if pause == 0.0:
                connection = free.pop(0)  # in turns: the engine closes those that idle
                sent[number] = time.monotonic_ns()
                connection.send(number, requests[number])
                number, next_due = number + 1, max(next(due), time.monotonic())
                continue
            for key, _ in selector.select(pause):
                if key.data.is_answered():
                    answered[key.data.number] = time.monotonic_ns()
                    free.append(key.data)
    numbers = sorted(answered)
    return Sent([sent[n] for n in numbers], [answered[n] for n in numbers])


def _main() -> None:
    parser = ArgumentParser()
    parser.add_argument("how", choices=("flood", "steady"))
    parser.add_argument("url")
    parser.add_argument("text")
    parser.add_argument("run")
    parser.add_argument("seconds", type=float)
    parser.add_argument("rate", type=int)
    given = parser.parse_args()
    host = urlsplit(given.url).netloc
    count = round(given.seconds * given.rate)
    requests = [_request(host, number, given.text, given.run) for number in range(count)]
    began = time.monotonic()
    gap = 1 / given.rate if given.how == "steady" else 0.0
    due = (began + number * gap for number in range(count + 1))
    json.dump(vars(_send(given.url, requests, due, began + given.seconds)), sys.stdout)


if __name__ == "__main__":
    _main()

"""In Messenger's place: takes every message, also many in one call, answers after 60 ms, and knows
when each call began.

``GET /calls`` tells of all calls since the last time who they were for and when their first byte
came, in nanoseconds of the machine's monotonic clock.
"""

import asyncio
import json
import time

ANSWER_SECONDS = 0.060


class _Connection(asyncio.Protocol):
    calls: list[tuple[str, int]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._received = b""
        self._began = 0

    def data_received(self, data: bytes) -> None:
        if not self._received:
            self._began = time.monotonic_ns()
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length_in(head):
            return
        self._received = b""
        if head.startswith(b"GET /calls"):
            self._answer(self.calls)
            self.calls.clear()
            return
        if head.startswith(b"GET"):
            self._answer({})
            return
        if b"/subscribed_apps" in head.split(b"\r\n")[0]:
            self._answer({"success": True})
            return
        called = json.loads(body)
        said: object = {"recipient_id": "", "message_id": f"m_{self._began}"}
        if "batch" in called:
            part = {"code": 200, "body": json.dumps(said)}
            said = [part for _ in called["batch"]]
        self.calls += [(_whom(one), self._began) for one in called.get("batch", [called])]
        asyncio.get_running_loop().call_later(ANSWER_SECONDS, self._answer, said)

    def _answer(self, said: object) -> None:
        body = json.dumps(said).encode()
        self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def _whom(call: dict) -> str:
    """Whom a message is for; of a part of a batch nobody asks."""
    return call["recipient"]["id"] if "recipient" in call else ""


def _length_in(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split()[0]) if found else 0


async def _main() -> None:
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())

"""The receiving end of webhooks, which can be told to fail."""

import json
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

VERIFY_TOKEN = "let-me-in"


class Receiver:
    """Answers the verification and keeps every webhook, in the order of arrival."""

    def __init__(self, port: int = 0) -> None:
        self.posts: list[tuple[dict, bytes]] = []
        self.answers: deque[int] = deque()
        """Status codes for the next webhooks; 200 when there is none left."""
        self.challenge_prefix = ""
        self._arrived = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook"

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, body in self.posts]

    def texts(self) -> list[str]:
        """The words of every webhook that carried some."""
        events = [json.loads(body)["entry"][0]["messaging"][0] for body in self.bodies]
        return [event["message"]["text"] for event in events if "message" in event]

    def wait_for(self, count: int) -> None:
        """Wait until so many have come."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.posts) >= count, timeout=10)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/elsewhere":
                    return self._answer(200)
                query = parse_qs(urlsplit(self.path).query)
                if query.get("hub.verify_token") != [VERIFY_TOKEN]:
                    return self._answer(403)
                return self._answer(200, receiver.challenge_prefix + query["hub.challenge"][0])

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver._arrived:
                    receiver.posts.append((dict(self.headers), body))
                    receiver._arrived.notify_all()
                self._answer(receiver.answers.popleft() if receiver.answers else 200)

            def _answer(self, status: int, text: str = "") -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        return Handler

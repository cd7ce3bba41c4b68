"""A server on this machine that says how large its files are."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class _Sizes(BaseHTTPRequestHandler):
    """``/9/shoe.png`` is nine megabytes large; ``/unknown/shoe.png`` does not say."""

    def do_HEAD(self) -> None:
        size = self.path.split("/")[1]
        self.send_response(404 if size == "gone" else 200)
        if size.isdecimal():
            self.send_header("Content-Length", str(int(size) * 1024 * 1024))
        self.end_headers()

    def log_message(self, *_words) -> None:
        """Quietly."""


@contextmanager
def serving() -> Iterator[str]:
    """Its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Sizes) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()

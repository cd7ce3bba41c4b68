"""Asking the home page for the newest version: what is sent, and what of the answers is believed."""

import tomllib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import metadata
from threading import Thread

import pytest

from otn_studio import shipped
from otn_studio.cli.services.updates import AT_MOST, FILE, HomePage
from otn_studio.cli.settings import PREFIX, settings
from otn_studio.studio.updates.release import Release

PAGE = "https://otn-studio.example/0.2.0"
GOOD = '{"version": "0.2.0", "page": "' + PAGE + '"}'


class Home(ThreadingHTTPServer):
    """A home page on this computer, which keeps what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.says, self.status, self.in_pieces = GOOD, 200, False
        self.asked: list[dict[str, str]] = []


class _Answers(BaseHTTPRequestHandler):
    server: Home
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append({"path": self.path, **dict(self.headers)})
        body = self.server.says.encode()
        self.send_response(self.server.status)
        self.send_header("Connection", "close")
        if self.server.in_pieces:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (body[:9], body[9:], b""))
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def home(monkeypatch):
    with Home() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv(PREFIX + "UPDATES_URL", f"http://127.0.0.1:{server.server_port}/{FILE}")
        yield server
        server.shutdown()


@pytest.fixture
def newest() -> Callable[[], Release | None]:
    return lambda: HomePage(settings()).newest()


def test_it_is_what_the_home_page_says_and_nothing_is_sent_about_anybody(home, newest):
    assert newest() == Release("0.2.0", PAGE)
    (asked,) = home.asked
    assert asked.pop("Host").startswith("127.0.0.1")
    assert asked == {
        "path": f"/{FILE}",
        "User-Agent": "otn-studio",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }


def test_it_may_come_in_pieces(home, newest):
    home.in_pieces = True
    assert newest() == Release("0.2.0", PAGE)


@pytest.mark.parametrize(
    "said",
    [
        *("", "{", "[]", "{}", "null", '"0.2.0"', "[" * 5_000),
        '{"version": "0.2.0"}',
        '{"version": 2, "page": "https://otn-studio.example"}',
        '{"version": "0.2.0; rm", "page": "https://otn-studio.example"}',
        '{"version": "0.2.0", "page": "http://otn-studio.example"}',
        '{"version": "0.2.0", "page": "file:///etc/passwd"}',
        '{"version": "0.2.0", "page": "https://"}',
        " " * AT_MOST + GOOD,
    ],
)
def test_what_is_not_said_as_it_should_is_not_believed(home, newest, said):
    home.says = said
    assert newest() is None
    assert len(home.asked) == 1


def test_where_nobody_answers_nothing_is_known(home, newest, monkeypatch):
    home.status = 404
    assert newest() is None
    monkeypatch.setenv(PREFIX + "UPDATES_URL", "http://127.0.0.1:1/newest.json")
    assert newest() is None
    monkeypatch.setenv(PREFIX + "UPDATES_URL", "no address at all")
    assert newest() is None


def test_without_an_address_nobody_is_asked(home, newest, monkeypatch):
    monkeypatch.setenv(PREFIX + "UPDATES_URL", "")
    assert newest() is None
    assert home.asked == []


def test_the_version_is_that_of_the_package_and_the_address_that_of_its_home_page():
    page = HomePage(settings())
    assert page.version == metadata("otn-studio")["Version"]
    project = tomllib.loads(shipped.path("pyproject.toml").read_text("utf-8"))["project"]
    assert page._address() == f"{project['urls']['Homepage']}/{FILE}"

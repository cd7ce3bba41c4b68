"""Calls of programs that nobody here answers for: guarded, and over in time."""

import socket
from time import monotonic

import pytest

from otn_studio.blocks import asking
from otn_studio.runtime.errands.errands import Ended
from otn_studio.runtime.errands.web_calls import LONGEST_ANSWER, Web
from tests.runtime.errands.other_program import OtherProgram, hangs_up, points_to, says, trickles

ON_LOOPBACK = Web(on_loopback=True)
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def program():
    program = OtherProgram()
    yield program
    program.close()


def call(url: str, method: str = "GET", body: str = "", web: Web = ON_LOOPBACK, seconds=5.0):
    return web.call(method, url, {"X": "é"}, body, seconds)


def test_an_answer_comes_back_with_its_status(program):
    program.answers["/a"] = says('{"é": 1}', 201)
    assert call(program.url + "/a?b=c", "POST", "né") == Ended(201, '{"é": 1}')
    assert program.asked[0][:2] == ("POST", "/a?b=c")
    assert program.asked[0].body == "né"
    assert program.asked[0].headers["Host"] == f"127.0.0.1:{program.port}"


def test_it_is_read_as_it_says_that_it_is_written(program):
    program.answers["/a"] = says("\0é", Content_Type="text/plain; charset=unheard-of")
    assert call(program.url + "/a").body == "é"


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/"),
        *("http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/"),
        *("http://[::ffff:127.0.0.1]/", "http://100.64.0.1/", "http://224.0.0.1/"),
        *("http://2130706433/", "http://0x7f.1/", "http://[fd00::1]/", "http://[64:ff9b::a00:1]/"),
    ],
)
def test_a_private_address_is_not_called(address):
    assert call(address, web=Web()) == Ended(problem=asking.PRIVATE, for_good=True)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_the_same_computer_is_followed(program, status):
    program.answers |= {"/a": points_to("/b", status), "/b": says("there")}
    assert call(program.url + "/a", "POST", "x") == Ended(200, "there")
    again = ("POST", "x") if status >= 307 else ("GET", "")
    assert (program.asked[1].method, program.asked[1].body) == again


@pytest.mark.parametrize(
    "there", ["http://10.0.0.1/", "http://localhost:{port}/b", "https://127.0.0.2/", "file:///etc"]
)
def test_a_redirect_to_somewhere_else_is_not_followed(program, there):
    program.answers["/a"] = points_to(there.format(port=program.port))
    assert call(program.url + "/a") == Ended(problem=asking.ELSEWHERE)
    assert len(program.asked) == 1


def test_a_name_that_leads_to_a_private_address_by_the_second_look_is_not_called(
    program, monkeypatch
):
    """The name is looked up once for each call, and what was checked is what is called."""
    looks = []

    def rebinding(host, port, *args, **options):
        looks.append(host)
        to = "127.0.0.1" if len(looks) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (to, port or 80))]

    real = socket.getaddrinfo

    def look_up(host, *args, **options):
        return (rebinding if host == "shop.example" else real)(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    program.answers |= {"/a": says("fine"), "/r": points_to("/a")}
    assert call(f"http://shop.example:{program.port}/a") == Ended(200, "fine")
    assert looks == ["shop.example"]
    assert program.asked[0].headers["Host"] == f"shop.example:{program.port}"
    assert call(f"http://shop.example:{program.port}/a").problem == asking.PRIVATE
    looks.clear()
    assert call(f"http://shop.example:{program.port}/r").problem == asking.PRIVATE
    assert len(program.asked) == 2


def test_a_circle_of_redirects_ends(program):
    program.answers["/a"] = points_to("/a")
    assert call(program.url + "/a") == Ended(problem=asking.ELSEWHERE)
    assert len(program.asked) == 6


@pytest.mark.parametrize(
    "trickle",
    [
        trickles(b""),
        trickles(HEAD + b"X: "),
        trickles(HEAD + b"\r\n"),
        trickles(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        trickles(HEAD + b"Content-Length: 100000\r\n\r\n"),
    ],
    ids=["status", "headers", "body", "chunks", "length"],
)
def test_an_answer_that_trickles_is_cut(program, trickle):
    program.answers["/a"] = trickle
    begun = monotonic()
    assert call(program.url + "/a", seconds=0.5) == Ended(problem=asking.TOO_SLOW, late=True)
    assert monotonic() - begun < 3


def test_a_computer_that_never_answers_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert call(url, seconds=0.3) == Ended(problem=asking.TOO_SLOW, late=True)
        secure = url.replace("http", "https")
        assert call(secure, seconds=0.3) == Ended(problem=asking.TOO_SLOW, late=True)


def test_an_answer_without_end_is_not_read(program):
    program.answers["/a"] = says("x" * LONGEST_ANSWER)
    program.answers["/b"] = says("x" * (LONGEST_ANSWER + 1))
    assert len(call(program.url + "/a").body) == LONGEST_ANSWER
    assert call(program.url + "/b") == Ended(problem=asking.TOO_LONG)


def test_what_goes_wrong_has_a_name(program):
    program.answers["/a"] = hangs_up
    assert call(program.url + "/a") == Ended(problem=asking.BROKE_OFF)
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    assert call(f"http://127.0.0.1:{port}/") == Ended(problem=asking.NOT_REACHED)
    for address in ("http://", "shop", "ftp://127.0.0.1/", "http://127.0.0.1:x/"):
        assert call(address) == Ended(problem=asking.BAD_ADDRESS)


def test_nothing_is_taken_from_the_environment(program, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    program.answers["/a"] = says("fine")
    assert call(program.url + "/a").status == 200

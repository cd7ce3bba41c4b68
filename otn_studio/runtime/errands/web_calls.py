"""Calling other programs over the web, which nobody here answers for.

No call reaches a private address, however its name is looked up and wherever it is sent on to; none
takes longer than its time, however slowly the answer comes; and none fills the memory.
"""

import logging
import socket
import threading
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from otn_studio.blocks import asking
from otn_studio.runtime.errands.errands import Ended

LONGEST_ANSWER: Final = 1024 * 1024
"""In bytes."""
REDIRECTS_AT_MOST: Final = 5
_PIECE: Final = 16 * 1024
_OURS: Final = {"Accept-Encoding": "identity", "Connection": "close"}
_BECOMES_GET: Final = frozenset({301, 302, 303})
_FAILED = (requests.RequestException, HTTPError, OSError, ValueError)

Headers = dict[str, str]

logging.getLogger("urllib3").setLevel(logging.INFO)  # its details are addresses, and so secrets


class Web:
    """Makes calls, from any number of threads at a time.

    ``on_loopback``: this computer may be called as well, which is of use for trying out only.
    """

    def __init__(self, on_loopback: bool = False) -> None:
        self._config = Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=on_loopback,
            never_redirect=True,
            default_timeout=(asking.LONGEST_WAIT, asking.LONGEST_WAIT),
            user_agent_override="otn-studio",
        )

    def call(self, method: str, url: str, headers: Headers, body: str, seconds: float) -> Ended:
        """Make a call, which ends within its time."""
        deadline = _Deadline(seconds)
        try:
            with _Session(self._config, deadline) as session:
                return _call(session, method, url, headers, body.encode("utf-8", "replace"))
        except InvalidIPAddress:
            return Ended(problem=asking.PRIVATE, for_good=True)
        except _FAILED as problem:
            if deadline.is_over or isinstance(problem, requests.Timeout):
                return Ended(problem=asking.TOO_SLOW, late=True)
            return Ended(problem=_why(problem))
        finally:
            deadline.forget()


class _Deadline:
    """Cuts connections when the time is over, wherever they are stuck."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self.seconds = seconds
        self._twins: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, connection: socket.socket) -> None:
        """Cut this one, too. Its twin stays, whatever encryption makes of the connection itself."""
        with self._lock:
            self._twins.append(connection.dup())
        if self.is_over:
            self._cut()

    def forget(self) -> None:
        self._timer.cancel()
        with self._lock:
            for twin in self._twins:
                twin.close()
            self._twins.clear()

    def _cut(self) -> None:
        self.is_over = True
        with self._lock:
            for twin in self._twins:
                with suppress(OSError):  # it has ended by itself
                    twin.shutdown(socket.SHUT_RDWR)


class _Watched:
    """A connection that a deadline knows of."""

    deadline: _Deadline

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.deadline.watch(connection)
        return connection


class _Session(HTTPSession):
    """Takes nothing from the environment: no proxies, no passwords of others."""

    def __init__(self, config: Config, deadline: _Deadline) -> None:
        super().__init__(config)
        self.trust_env = False
        self.deadline = deadline
        plain = type("Plain", (_Watched, HTTPConnection), {"deadline": deadline})
        secure = type("Secure", (_Watched, HTTPSConnection), {"deadline": deadline})
        pools = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }
        for adapter in self.adapters.values():
            assert isinstance(adapter, IPFilterAdapter)
            adapter.poolmanager.pool_classes_by_scheme = pools


class _Elsewhere(requests.RequestException):
    """The other program points to another one, which was not asked."""


def _call(session: _Session, method: str, url: str, headers: Headers, body: bytes) -> Ended:
    for _ in range(REDIRECTS_AT_MOST + 1):
        with session.request(
            method,
            url,
            headers={**_OURS, **_as_bytes(headers)},
            data=body or None,
            timeout=session.deadline.seconds,
            stream=True,
        ) as response:
            if not response.is_redirect:
                return _answer(response, session.deadline)
            url = _next(url, response.headers["location"])
            if response.status_code in _BECOMES_GET and method != "HEAD":
                method, body = "GET", b""
        session.close()  # the next one gets a connection of its own
    raise _Elsewhere


def _as_bytes(headers: Headers) -> dict[str, Any]:
    return {name: value.encode() for name, value in headers.items()}


def _next(url: str, location: str) -> str:
    """Where a redirect leads to; what was meant for one place does not go to another."""
    there = urljoin(url, location)
    before, after = urlsplit(url), urlsplit(there)
    same_port = before.port == after.port or (before.scheme, after.scheme) == ("http", "https")
    if before.hostname != after.hostname or not same_port:
        raise _Elsewhere
    if (before.scheme, after.scheme) == ("https", "http"):
        raise _Elsewhere
    return there


def _answer(response: requests.Response, deadline: _Deadline) -> Ended:
    body = bytearray()
    while not deadline.is_over and (piece := response.raw.read1(_PIECE)):
        body += piece
        if len(body) > LONGEST_ANSWER:
            return Ended(problem=asking.TOO_LONG)
    if deadline.is_over:
        return Ended(problem=asking.TOO_SLOW, late=True)
    return Ended(response.status_code, _text(response, bytes(body)))


def _text(response: requests.Response, body: bytes) -> str:
    named = requests.utils.get_encoding_from_headers(response.headers)
    said = "charset" in response.headers.get("content-type", "").lower()
    try:
        text = body.decode(named if said and named else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    return text.replace("\0", "")  # which not every database can keep


def _why(problem: Exception) -> str:
    match problem:
        case _Elsewhere():
            return asking.ELSEWHERE
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidHeader() | ValueError():
            return asking.BAD_ADDRESS
        case requests.ConnectionError() if "NewConnectionError" in repr(problem) or not (
            problem.__context__
        ):
            return asking.NOT_REACHED
    return asking.BROKE_OFF

"""Connections that tell whether a request can have gone out.

``requests`` reports a broken handshake and a broken answer alike. For us they are worlds apart: after
the one the message can be sent again, after the other it may have been delivered. So whatever goes
wrong while connecting gets a name of its own.
"""

import ssl
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.retry import Retry


class NotConnected(Exception):
    """There was no connection, so nothing was sent; the message is one sentence."""


class _Connecting:
    def connect(self) -> None:
        try:
            super().connect()
        except Exception as problem:
            raise NotConnected(_sentence(problem)) from problem


def _sentence(problem: Exception) -> str:
    if isinstance(problem, NameResolutionError):
        return "Messenger’s address was not found."
    if isinstance(problem, ssl.SSLError):
        return "There is no secure connection to Messenger."
    is_time_out = isinstance(problem, ConnectTimeoutError | TimeoutError)
    if is_time_out and not isinstance(problem, NewConnectionError):
        return "Messenger could not be reached in time."
    return "Messenger could not be reached."


class _PlainConnection(_Connecting, HTTPConnection):
    pass


class _SecureConnection(_Connecting, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class ConnectingAdapter(HTTPAdapter):
    """Raises ``NotConnected`` where no connection came about. Repeats nothing by itself."""

    def __init__(self) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=Retry(0, read=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

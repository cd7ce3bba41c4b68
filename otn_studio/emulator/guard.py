"""Keeping other web sites away.

A page of any site that is open in a browser on this computer can send requests to loopback, and a
name of a stranger's can be made to point there. So nothing may come from another site, and whoever
uses the control API has to name the emulator by an address, by ``localhost`` or by a name that it was
given. Bots may call it what they like: a proxy may stand before it, and they have an access token.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from otn_studio.emulator.json_response import AsciiJSONResponse

_CONTROL = "/emulator"


class Guard:
    """Refuses what does not come from the emulator's own page or from a program."""

    def __init__(self, app: ASGIApp, names: Collection[str] = ()) -> None:
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse it, or hand it on."""
        if scope["type"] == "http" and (problem := self._problem(scope)):
            await AsciiJSONResponse({"problem": problem}, 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _problem(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return "Other web sites can't use the emulator."
        if _is_control(scope["path"]) and not self._is_ours(host):
            return f"The emulator is not called {host}; start it with --name to call it so."
        return None

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._names or _is_address(name)


def _is_control(path: str) -> bool:
    return path == _CONTROL or path.startswith(f"{_CONTROL}/")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

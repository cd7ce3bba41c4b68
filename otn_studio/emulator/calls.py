"""What a call of the Graph API is, whichever way it came: on its own, or as a part of a batch.

Parameters come in a JSON body, a form (with files or without) or the query string, or mixed; a version
in the path is optional. What can only be posted says by ``method`` what it is.
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request

from otn_studio.emulator import forms
from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.params import parse_json

_VERSION = re.compile(r"v\d+\.\d+")
METHODS: Final = ("GET", "POST", "DELETE")


@dataclass(frozen=True, slots=True)
class File:
    """A file that came in a form."""

    name: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``path`` as it was written, ``segments`` without the version."""

    method: str
    path: str
    params: dict
    url: URL
    access_token: Any

    @property
    def segments(self) -> list[str]:
        segments = [part for part in self.path.split("/") if part]
        return segments[1:] if segments and _VERSION.fullmatch(segments[0]) else segments

    @property
    def origin(self) -> str:
        """Where the emulator is for whoever calls it."""
        return f"{self.url.scheme}://{self.url.netloc}"

    @property
    def is_send(self) -> bool:
        return self.method == "POST" and self.segments[-1:] == ["messages"]

    @property
    def is_batch(self) -> bool:
        return self.method == "POST" and not self.segments


async def read_call(request: Request) -> Call:
    """A request as a call. The access token is taken from the header, else from the parameters."""
    params = await _read_params(request)
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    token = bearer if scheme.lower() in ("bearer", "oauth") else params.get("access_token")
    method = _method(request.method, params)
    return Call(method, request.path_params["path"], params, request.url, token)


def _method(method: str, params: dict) -> str:
    """A post may say that it is meant as something else."""
    meant = str(params.get("method", "")).upper()
    return meant if method == "POST" and meant in METHODS else method


async def _read_params(request: Request) -> dict:
    """All parameters of a call. What the body says counts more than the query string."""
    query, body = forms.read(request.query_params.multi_items()), await request.body()
    if not body:
        return query
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return query | await _read_form(request)
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return query | read_form(body.decode("utf-8", "replace"))
    fields = parse_json(body, "The body")
    if not isinstance(fields, dict):
        raise bad_parameter("The body must be an object.")
    return query | fields


def read_form(text: str) -> dict:
    """The fields of a form that holds no files."""
    return forms.read(parse_qsl(text, keep_blank_values=True))


async def _read_form(request: Request) -> dict:
    """A form with files, each with its content in the place of its value."""
    try:
        async with request.form() as form:
            return forms.read(
                [
                    (name, one if isinstance(one, str) else File(one.filename, await one.read()))
                    for name, one in form.multi_items()
                ]
            )
    except HTTPException:
        raise bad_parameter("The form can't be read.") from None

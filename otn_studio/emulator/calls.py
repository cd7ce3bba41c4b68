"""What a call of the Graph API is, whichever way it came: on its own, or as a part of a batch.

Source: Graph API, "Batch requests". Parameters come in a JSON body, a form (with files or without) or
the query string, or mixed; a version in the path is optional.
"""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request

from otn_studio.emulator.errors import GraphError, bad_parameter
from otn_studio.emulator.params import Param, parse_json
from otn_studio.policy import rates

_VERSION = re.compile(r"v\d+\.\d+")
_PATH_LENGTH: Final = 8_000
"""Ours: far above any address."""


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
    return Call(request.method, request.path_params["path"], params, request.url, token)


def read_parts(batch: Call) -> list[Call | GraphError]:
    """The calls of a batch, in their order, each with what is wrong with it in its place."""
    parts = Param(batch.params, "")["batch"]
    if isinstance(parts.value, str):
        parts = Param(parse_json(parts.value, "batch"), "batch")
    return [_part_or_error(batch, part) for part in parts.items(1, rates.BATCH)]


def _part_or_error(batch: Call, part: Param) -> Call | GraphError:
    try:
        return _read_part(batch, part)
    except GraphError as error:
        return error


def _read_part(batch: Call, part: Param) -> Call:
    """A part's body is a form, and its access token the batch's where it has none of its own."""
    url = batch.url.replace(path="/", query="")
    path, _, query = part["relative_url"].text(_PATH_LENGTH).partition("?")
    body = part["body"].value or ""
    if not isinstance(body, str):
        raise bad_parameter(f"Param {part.path}[body] must be a string.")
    params = dict(
        parse_qsl(query, keep_blank_values=True) + parse_qsl(body, keep_blank_values=True)
    )
    token = params.get("access_token", batch.access_token)
    method = part["method"].one_of("GET", "POST", "DELETE")
    return Call(method, path, params, url.replace(path=f"/{path}", query=query), token)


async def _read_params(request: Request) -> dict:
    """All parameters of a call. What the body says counts more than the query string."""
    query, body = dict(request.query_params), await request.body()
    if not body:
        return query
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return query | await _read_form(request)
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return query | dict(fields)
    fields = parse_json(body, "The body")
    if not isinstance(fields, dict):
        raise bad_parameter("The body must be an object.")
    return query | fields


async def _read_form(request: Request) -> dict:
    """A form with files, each with its content in the place of its value."""
    try:
        async with request.form() as form:
            return {
                name: value if isinstance(value, str) else File(value.filename, await value.read())
                for name, value in form.items()
            }
    except HTTPException:
        raise bad_parameter("The form can't be read.") from None

"""Several calls in one, done in their order; a later one may use what an earlier one has given.

Source: Graph API, "Batch requests": ``attached_files``, ``depends_on``, ``{result=NAME:$.path}``, and
``omit_response_on_success``: unless that is false, a call that others use is answered with ``null``.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from otn_studio.emulator.calls import METHODS, Call, read_form
from otn_studio.emulator.errors import GraphError, bad_parameter
from otn_studio.emulator.params import Param, parse_json
from otn_studio.policy import rates

_PATH_LENGTH: Final = 8_000
_NAME_LENGTH: Final = 256
"""Both ours: far above any address and name."""
_USE: Final = re.compile(r"\{result=([^:{}]+):\$([^{}]*)\}")
_STEP: Final = re.compile(r"\.?\[['\"]?([^\]'\"]+)['\"]?\]|\.([^.\[\]]+)")
_ALL: Final = "*"

Answer = dict[str, Any] | None
"""What a call of a batch is answered with: ``null`` where nothing is said."""


def answers(batch: Call, answer: Callable[[Call | GraphError], Answer]) -> list[Answer]:
    """The answers in the order of the calls, each done by ``answer``."""
    given = batch.params.get("batch")
    parts = Param(parse_json(given, "batch") if isinstance(given, str) else given, "batch")
    return _Batch(batch, answer).done(parts.items(1, rates.BATCH))


class _Batch:
    """``_given`` is what calls with a name have given, as far as they went well."""

    def __init__(self, batch: Call, answer: Callable[[Call | GraphError], Answer]) -> None:
        self._batch = batch
        self._answer = answer
        self._given: dict[str, Any] = {}
        self._used: set[str] = set()

    def done(self, parts: list[Param]) -> list[Answer]:
        told = [self._part(part) for part in parts]
        return [
            None if self._is_left_out(part) else one for part, one in zip(parts, told, strict=True)
        ]

    def _part(self, part: Param) -> Answer:
        try:
            call: Call | GraphError = self._read(part)
        except GraphError as error:
            call = error
        told = self._answer(call)
        if told is not None and told["code"] == 200 and (name := _name(part)):
            self._given[name] = json.loads(told["body"])
        return told

    def _is_left_out(self, part: Param) -> bool:
        stays = part["omit_response_on_success"].value in (False, "false")
        return not stays and _name(part) in self._used & self._given.keys()

    def _read(self, part: Param) -> Call:
        """A part's body is a form, and its access token the batch's where it has none of its own."""
        path, _, query = self._filled(part["relative_url"].text(_PATH_LENGTH)).partition("?")
        body = part["body"].value or ""
        if not isinstance(body, str):
            raise bad_parameter(f"Param {part.path}[body] must be a string.")
        self._wait_for(part["depends_on"].value)
        params = self._each_filled(read_form(query) | read_form(body)) | self._files(part)
        url = self._batch.url.replace(path=f"/{path}", query=query)
        token = params.get("access_token", self._batch.access_token)
        return Call(part["method"].one_of(*METHODS), path, params, url, token)

    def _files(self, part: Param) -> dict[str, Any]:
        """Those of the batch that come along with this part, by their names in it."""
        names = str(part["attached_files"].value or "").split(",")
        found = [self._batch.params.get(name.strip()) for name in names if name.strip()]
        if None in found:
            raise bad_parameter(f"Param {part.path}[attached_files] names no file of the batch.")
        return {"filedata": found[0]} if found else {}

    def _wait_for(self, name: object) -> None:
        if name is not None:
            self._used.add(str(name))
            self._result(str(name))

    def _each_filled(self, params: Any) -> Any:
        if isinstance(params, str):
            return self._filled(params)
        if isinstance(params, list):
            return [self._each_filled(one) for one in params]
        return {name: self._each_filled(one) for name, one in params.items()}

    def _filled(self, text: str) -> str:
        return _USE.sub(self._value, text)

    def _value(self, use: re.Match[str]) -> str:
        name, path = use.groups()
        self._used.add(name)
        found = [self._result(name)]
        for bracketed, plain in _STEP.findall(path):
            found = list(_below(found, bracketed or plain))
        return ",".join(one if isinstance(one, str) else json.dumps(one) for one in found)

    def _result(self, name: str) -> Any:
        if name not in self._given:
            raise bad_parameter(f"There is no result of a call named '{name}' before this one.")
        return self._given[name]


def _below(values: Iterable[Any], step: str) -> Iterable[Any]:
    for value in values:
        inner = dict(enumerate(value)) if isinstance(value, list) else value
        if not isinstance(inner, dict):
            continue
        if step == _ALL:
            yield from inner.values()
        else:
            key = int(step) if isinstance(value, list) and step.isdecimal() else step
            yield from [inner[key]] if key in inner else []


def _name(part: Param) -> str:
    name = part["name"]
    return name.text(_NAME_LENGTH) if isinstance(name.value, str) and name.value.strip() else ""

"""The description of the API in OpenAPI's terms, made from the forms of its calls; and a page of it."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from otn_studio.runtime.api.calls import (
    AnnouncementAnswer,
    AnnouncementCall,
    ErrorsAnswer,
    ReportAnswer,
)

_PLACE: Final = "#/components/schemas/{model}"
_MODELS: Final[tuple[type[BaseModel], ...]] = (
    AnnouncementCall,
    AnnouncementAnswer,
    ReportAnswer,
    ErrorsAnswer,
)
_ERRORS: Final = {
    "401": "The key is missing or not good.",
    "404": "There is no such topic, or no such announcement.",
    "429": "There were too many calls; Retry-After says when to call again.",
}
_ANNOUNCING_ERRORS: Final = {
    "400": "The Idempotency-Key is missing.",
    "409": "The Idempotency-Key was used for another announcement.",
    "413": "The body is too long.",
    "422": "Something in the body can't be used; one sentence for each field.",
}


def description() -> dict[str, Any]:
    """The whole description."""
    _, defined = models_json_schema([(m, "validation") for m in _MODELS], ref_template=_PLACE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OTN Studio",
            "version": "1",
            "description": "Announce something on a topic, to everyone who said yes to it.",
        },
        "paths": {
            "/api/topics/{id}/announcements": {"post": _announcing()},
            "/api/announcements/{id}": {"get": _reporting()},
        },
        "components": {
            "schemas": defined["$defs"],
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def page(description: dict[str, Any]) -> str:
    """The description for people."""
    calls = "".join(_call(path, way, call) for path, way, call in _calls(description))
    info = description["info"]
    return (
        "<!doctype html><html lang=en><meta charset=utf-8>"
        f"<title>{escape(info['title'])}: API</title><style>{_STYLE}</style>"
        f"<h1>{escape(info['title'])}: API</h1><p>{escape(info['description'])} Every call has a key"
        " that is made in the studio, as <code>Authorization: Bearer KEY</code>."
        f" <a href=/api/openapi.json>openapi.json</a></p>{calls}"
    )


_STYLE: Final = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem;"
    "color:#1B1F27;background:#fff}h1{font-size:28px}h2{font-size:15px;margin-top:2rem}"
    "td{padding:4px 16px 4px 0;vertical-align:top}a{color:#0B5FE0}"
    "@media(prefers-color-scheme:dark){body{color:#E8EAF0;background:#14161B}a{color:#6AA5FF}}"
)


def _announcing() -> dict[str, Any]:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A text of your own. A repeated call with the same one tells nobody twice.",
        "schema": {"type": "string", "maxLength": 255},
    }
    return {
        "summary": "Announce something on a topic",
        "parameters": [_in_path("The topic's id", "string"), key],
        "requestBody": {"required": True, "content": _json(AnnouncementCall)},
        "responses": _responses("202", AnnouncementAnswer, _ERRORS | _ANNOUNCING_ERRORS),
    }


def _reporting() -> dict[str, Any]:
    return {
        "summary": "See how an announcement goes",
        "parameters": [_in_path("The announcement's id", "integer")],
        "responses": _responses("200", ReportAnswer, _ERRORS),
    }


def _in_path(what: str, kind: str) -> dict[str, Any]:
    schema = {"type": kind}
    return {"name": "id", "in": "path", "required": True, "description": what, "schema": schema}


def _responses(
    fine: str, answer: type[BaseModel], errors: dict[str, str]
) -> dict[str, dict[str, Any]]:
    wrong = {
        status: {"description": words, "content": _json(ErrorsAnswer)}
        for status, words in sorted(errors.items())
    }
    return {fine: {"description": answer.__doc__, "content": _json(answer)}, **wrong}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _PLACE.format(model=model.__name__)}}}


def _calls(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, ways in description["paths"].items():
        for way, call in ways.items():
            yield path, way, call


def _call(path: str, way: str, call: dict[str, Any]) -> str:
    parameters = [(one["name"], one["description"]) for one in call["parameters"]]
    if "requestBody" in call:
        fields = AnnouncementCall.model_json_schema()["properties"]
        parameters += [(name, field["description"]) for name, field in fields.items()]
    answers = [(status, one["description"]) for status, one in call["responses"].items()]
    return (
        f"<h2>{escape(call['summary'])}</h2><p><code>{way.upper()} {escape(path)}</code></p>"
        f"{_table(parameters)}{_table(answers)}"
    )


def _table(rows: list[tuple[str, str]]) -> str:
    cells = (f"<tr><td><code>{escape(a)}</code><td>{escape(b)}" for a, b in rows)
    return f"<table>{''.join(cells)}</table>"

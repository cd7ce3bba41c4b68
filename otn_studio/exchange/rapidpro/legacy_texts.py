"""Texts of the formats before 13."""

import re
from typing import Any, Final

from otn_studio.exchange.source import Part

OWN: Final = frozenset({"name", "first_name", "language", "groups", "uuid", "tel", "urns"})
_EXPRESSION: Final = re.compile(r"@\((?:[^()\"]|\"[^\"]*\"|\((?:[^()]|\([^()]*\))*\))*\)|@\w[\w.]*")
_PATH: Final = re.compile(
    r"\"[^\"]*\"|\b(flow|contact|step|extra|date|child|parent)((?:\.\w+)*)\b(?!\()", re.I
)


def flow_id(part: Part) -> str:
    """By what a flow is known: the oldest had numbers."""
    return part.text("uuid") or part.text("id")


def group(group: Any) -> dict[str, str]:
    if isinstance(group, str):
        return {"name_match": migrated(group)} if group.startswith("@") else {"name": group}
    if not isinstance(group, dict):
        return {}
    return {key: str(group[key]) for key in ("uuid", "name") if group.get(key)}


def base(texts: Any, language: str) -> str:
    """A text in the flow's language, else in any."""
    if isinstance(texts, str):
        return texts
    if not isinstance(texts, dict):
        return ""
    found = texts.get(language) or next(iter(texts.values()), "")
    return found if isinstance(found, str) else ""


def migrated(template: str) -> str:
    """A template with what it asks for called as it is now.

    >>> migrated("Hi @contact, @flow.age of @(UPPER(contact.town))")
    'Hi @contact, @results.age of @(UPPER(fields.town))'
    """
    return _EXPRESSION.sub(lambda found: _PATH.sub(_renamed, found[0]), template)


def _renamed(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    root, steps = found[1].lower(), found[2].lower()
    first = steps.lstrip(".").partition(".")[0]
    match root:
        case "flow" if steps:
            return f"results{steps}"
        case "contact" if first and first not in OWN and not first.startswith("tel"):
            return f"fields{steps}"
        case "step":
            return "input"
        case "extra" if steps:
            return f"webhook{steps}"
        case "date":
            return "today()" if first == "today" else "now()"
        case "child" | "parent" if steps:
            return f"{root}.results{steps}"
    return f"{root}{steps}"

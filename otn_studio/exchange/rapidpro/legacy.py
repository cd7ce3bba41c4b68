"""Flows of the formats before 13, which had sets of actions and of rules, as nodes."""

import re
from typing import Any, Final

from otn_studio.exchange.rapidpro.naming import snake
from otn_studio.exchange.source import Part, Placed

TESTS: Final = {
    "between": "has_number_between",
    "contains": "has_all_words",
    "contains_any": "has_any_word",
    "contains_only_phrase": "has_only_phrase",
    "contains_phrase": "has_phrase",
    "date": "has_date",
    "date_after": "has_date_gt",
    "date_before": "has_date_lt",
    "date_equal": "has_date_eq",
    "district": "has_district",
    "has_email": "has_email",
    "eq": "has_number_eq",
    "gt": "has_number_gt",
    "gte": "has_number_gte",
    "in_group": "has_group",
    "lt": "has_number_lt",
    "lte": "has_number_lte",
    "not_empty": "has_text",
    "number": "has_number",
    "phone": "has_phone",
    "regex": "has_pattern",
    "starts": "has_beginning",
    "state": "has_state",
    "ward": "has_ward",
    "subflow": "has_only_text",
    "webhook_status": "has_only_text",
    "airtime_status": "has_category",
}
WAITS: Final = ("wait_message", "wait_photo", "wait_audio", "wait_video", "wait_gps")
TYPES: Final = {"V": "voice", "S": "messaging_offline"}
ACTIONS: Final = {
    "add_label": "add_input_labels",
    "trigger-flow": "start_session",
    "send": "send_broadcast",
    "channel": "set_contact_channel",
}
"""Those that are lost in any case, by what they are called now."""
OWN: Final = frozenset({"name", "first_name", "language", "groups", "uuid", "tel", "urns"})
_EXPRESSION: Final = re.compile(r"@\((?:[^()\"]|\"[^\"]*\"|\((?:[^()]|\([^()]*\))*\))*\)|@\w[\w.]*")
_PATH: Final = re.compile(
    r"\"[^\"]*\"|\b(flow|contact|step|extra|date|child|parent)((?:\.\w+)*)\b(?!\()", re.I
)


def is_legacy(flow: Part) -> bool:
    return "nodes" not in flow.values


def upgraded(flow: Part) -> Part:
    """The flow as version 13 writes it; every part of it knows where it stood."""
    metadata, inner = flow.part("metadata"), flow.part("definition")
    base = inner if "definition" in flow else flow
    language = base.text("base_language")
    sets = [*base.parts("action_sets"), *base.parts("rule_sets")]
    entry = base.text("entry")
    sets.sort(key=lambda part: (part.text("uuid") != entry, *_position(part)))
    localization: dict[str, Any] = {}
    nodes = [_Set(part, language, localization).node() for part in sets]
    values = {
        "uuid": flow.text("uuid") or metadata.text("uuid") or base.text("uuid"),
        "name": flow.text("name") or metadata.text("name"),
        "language": language,
        "type": TYPES.get(base.text("flow_type"), "messaging"),
        "expire_after_minutes": metadata.number("expires") or flow.number("expires"),
        "nodes": nodes,
        "localization": localization,
        "_ui": {"stickies": _notes(metadata)},
    }
    return Part(Placed(flow.where, values), flow.where)


def _position(part: Part) -> tuple[int, int]:
    return part.number("y"), part.number("x")


def _notes(metadata: Part) -> dict[str, Any]:
    notes = enumerate(metadata.parts("notes"))
    return {str(n): Placed(note.where, dict(note.values)) for n, note in notes}


class _Set:
    """A set of actions or rules, on its way to becoming a node."""

    def __init__(self, part: Part, language: str, localization: dict[str, Any]) -> None:
        self.part, self.language, self.localization = part, language, localization

    def node(self) -> Placed:
        part = self.part
        if "rules" in part:
            return self._rules()
        exit = {"uuid": part.text("exit_uuid"), "destination_uuid": part.text("destination")}
        actions = [self._action(action) for action in part.parts("actions")]
        values = {"uuid": part.text("uuid"), "actions": actions, "exits": [exit]}
        return Placed(part.where, values)

    def _action(self, action: Part) -> Placed:
        uuid = action.text("uuid") or action.where
        made: dict[str, Any] = {"uuid": uuid, **self._of_action(action, uuid)}
        return Placed(action.where, made)

    def _of_action(self, action: Part, uuid: str) -> dict[str, Any]:
        kind = action.text("type")
        match kind:
            case "reply":
                return self._message(action, uuid)
            case "add_group" | "del_group":
                groups = [_group(group) for group in action.values.get("groups") or []]
                name = "add_contact_groups" if kind == "add_group" else "remove_contact_groups"
                empty = {"all_groups": True} if kind == "del_group" and not groups else {}
                return {"type": name, "groups": groups, **empty}
            case "save":
                return _saved(action)
            case "lang":
                return {"type": "set_contact_language", "language": action.text("lang")}
            case "flow":
                flow = dict(action.part("flow").values)
                return {"type": "enter_flow", "flow": flow, "terminal": True}
            case "email":
                body, subject = action.text("msg"), action.text("subject")
                to = [migrated(address) for address in action.texts("emails")]
                mail = {"addresses": to, "subject": migrated(subject), "body": migrated(body)}
                return {"type": "send_email", **mail}
            case "say":
                return {"type": "say_msg", "text": self._said(action, "msg", uuid, "text")}
            case "play":
                return {"type": "play_audio", "audio_url": migrated(action.text("url"))}
        return {"type": ACTIONS.get(kind, kind or "unknown")}

    def _message(self, action: Part, uuid: str) -> dict[str, Any]:
        media = self._said(action, "media", uuid, "attachments")
        replies: list[str] = []
        for reply in action.values.get("quick_replies") or []:
            texts = reply if isinstance(reply, dict) else {self.language: reply}
            replies.append(migrated(_base(texts, self.language)))
            self._translate(texts, uuid, "quick_replies")
        return {
            "type": "send_msg",
            "text": self._said(action, "msg", uuid, "text"),
            "attachments": [media] if media else [],
            "quick_replies": replies,
        }

    def _said(self, part: Part, key: str, uuid: str, property: str) -> str:
        """A text in the flow's language; those in others are put with the translations."""
        texts = part.values.get(key)
        if not isinstance(texts, dict):
            return migrated(part.text(key))
        self._translate(texts, uuid, property)
        return migrated(_base(texts, self.language))

    def _translate(self, texts: dict[str, Any], uuid: str, property: str) -> None:
        for code, text in texts.items():
            if code != self.language and isinstance(text, str) and len(texts) > 1:
                of_language = self.localization.setdefault(code, {})
                of_item = of_language.setdefault(uuid, {})
                of_item.setdefault(property, []).append(migrated(text))

    # Rules

    def _rules(self) -> Placed:
        part, kind = self.part, self.part.text("ruleset_type") or "wait_message"
        label, uuid = part.text("label"), part.text("uuid")
        rules = part.parts("rules")
        categories: dict[str, dict[str, Any]] = {}
        exits: list[Placed] = []
        cases: list[Placed] = []
        router: dict[str, Any] = {"type": "random" if kind == "random" else "switch"}
        for rule in rules:
            name = _base(rule.values.get("category"), self.language) or "Other"
            test = rule.part("test")
            if name not in categories or test.text("type") == "true":
                key = name if name not in categories else f"{name} {rule.where}"
                exit = {
                    "uuid": rule.text("uuid"),
                    "destination_uuid": rule.text("destination"),
                }
                exits.append(Placed(rule.where, exit))
                category = {"uuid": f"{uuid}-{key}", "name": name, "exit_uuid": exit["uuid"]}
                categories[key] = Placed(rule.at("category"), category)
                name = key
            self._rule(rule, test, categories[name]["uuid"], router, cases)
        actions, operand = self._looked_at(kind, label)
        router |= {"categories": list(categories.values()), "cases": cases, "operand": operand}
        if kind in WAITS or kind.startswith("wait_digit") or kind == "wait_recording":
            router["wait"] = {"type": "msg", **router.pop("timeout", {})}
        router.pop("timeout", None)
        if kind not in ("webhook", "resthook"):
            router["result_name"] = label
        node = {"uuid": uuid, "actions": actions, "exits": exits}
        return Placed(part.where, {**node, "router": Placed(part.where, router)})

    def _rule(
        self, rule: Part, test: Part, category: str, router: dict[str, Any], cases: list[Placed]
    ) -> None:
        kind = test.text("type")
        if kind == "true":
            router["default_category_uuid"] = category
            return
        if kind == "timeout":
            seconds = 60 * test.number("minutes")
            router["timeout"] = {"timeout": {"seconds": seconds, "category_uuid": category}}
            return
        if kind in ("webhook_status", "airtime_status"):
            router["default_category_uuid"] = category
        uuid = f"{rule.text('uuid')}-case"
        arguments = self._arguments(test, uuid)
        case = {"uuid": uuid, "type": TESTS.get(kind, kind), "arguments": arguments}
        cases.append(Placed(test.where, {**case, "category_uuid": category}))

    def _arguments(self, test: Part, uuid: str) -> list[str]:
        match test.text("type"):
            case "between":
                return [migrated(test.text("min")), migrated(test.text("max"))]
            case "in_group":
                group = _group(test.values.get("test"))
                return [group.get("uuid", ""), group.get("name", "")]
            case "subflow":
                return [test.text("exit_type")]
            case "webhook_status":
                return ["Success" if test.text("status") == "success" else "Failure"]
            case "airtime_status":
                return ["Success"]
        if isinstance(test.values.get("test"), dict):
            return [self._said(test, "test", uuid, "arguments")]
        return [migrated(test.text("test"))] if "test" in test else []

    def _looked_at(self, kind: str, label: str) -> tuple[list[Placed], str]:
        """What is done first, and what is looked at then."""
        part, config = self.part, self.part.part("config")
        match kind:
            case "subflow":
                flow = dict(config.part("flow").values)
                enter = {"uuid": f"{part.where}-enter", "type": "enter_flow", "flow": flow}
                return [Placed(part.at("config"), enter)], "@child.status"
            case "webhook":
                headers = {
                    header.text("name"): migrated(header.text("value"))
                    for header in config.parts("webhook_headers")
                    if header.text("name")
                }
                call = {
                    "uuid": f"{part.where}-call",
                    "type": "call_webhook",
                    "method": config.text("webhook_action").upper() or "POST",
                    "url": migrated(config.text("webhook")),
                    "headers": headers,
                    "result_name": label,
                }
                return [Placed(part.at("config"), call)], f"@results.{snake(label)}.category"
            case "resthook":
                call = {"uuid": f"{part.where}-call", "type": "call_resthook"}
                return [Placed(part.at("config"), call)], f"@results.{snake(label)}.category"
            case "group":
                return [], "@contact.groups"
            case "flow_field" | "contact_field" | "expression" | "form_field":
                return [], migrated(part.text("operand")) or "@input"
        return [], "@input"


def _saved(action: Part) -> dict[str, Any]:
    field, value = action.text("field"), migrated(action.text("value"))
    if field in ("name", "first_name"):
        return {"type": "set_contact_name", "name": value}
    if field in ("tel", "tel_e164", "mailto", "twitter", "facebook", "telegram"):
        return {"type": "add_contact_urn", "scheme": field, "path": value}
    named = {"key": field, "name": action.text("label")}
    return {"type": "set_contact_field", "field": named, "value": value}


def _group(group: Any) -> dict[str, str]:
    if isinstance(group, str):
        return {"name_match": migrated(group)} if group.startswith("@") else {"name": group}
    if not isinstance(group, dict):
        return {}
    return {key: str(group[key]) for key in ("uuid", "name") if group.get(key)}


def _base(texts: Any, language: str) -> str:
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

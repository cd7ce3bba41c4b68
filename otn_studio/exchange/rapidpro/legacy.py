"""Flows of the formats before 13, which had sets of actions and of rules, as nodes."""

from typing import Any, Final

from otn_studio.exchange.rapidpro.legacy_rules import Rules
from otn_studio.exchange.rapidpro.legacy_texts import base, flow_id, group, migrated
from otn_studio.exchange.source import Part, Placed

TYPES: Final = {"V": "voice", "S": "messaging_offline"}
ACTIONS: Final = {
    "add_label": "add_input_labels",
    "trigger-flow": "start_session",
    "send": "send_broadcast",
    "channel": "set_contact_channel",
}
"""Those that are lost in any case, by what they are called now."""


def is_legacy(flow: Part) -> bool:
    return "nodes" not in flow.values


def upgraded(flow: Part) -> Part:
    """The flow as version 13 writes it; every part of it knows where it stood."""
    metadata, inner = flow.part("metadata"), flow.part("definition")
    drawn = inner if "definition" in flow else flow
    language = drawn.text("base_language")
    sets = [*drawn.parts("action_sets"), *drawn.parts("rule_sets")]
    entry = drawn.text("entry")
    sets.sort(key=lambda part: (part.text("uuid") != entry, *_position(part)))
    localization: dict[str, Any] = {}
    nodes = [_Set(part, language, localization).node() for part in sets]
    values = {
        "uuid": flow_id(metadata) or flow_id(flow) or flow_id(drawn),
        "name": flow.text("name") or metadata.text("name"),
        "language": language,
        "type": TYPES.get(drawn.text("flow_type"), "messaging"),
        "expire_after_minutes": metadata.number("expires") or flow.number("expires"),
        "nodes": nodes,
        "localization": localization,
        "_ui": {"stickies": _notes(metadata)},
    }
    return Part(Placed(flow.where, values), flow.where)


def _named(part: Part) -> dict[str, str]:
    """The flow that a part goes to."""
    flow = part.part("flow")
    return {"uuid": flow_id(flow), "name": flow.text("name")}


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
            return Rules(part, self.language, self._said).node()
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
                groups = [group(entry) for entry in action.values.get("groups") or []]
                name = "add_contact_groups" if kind == "add_group" else "remove_contact_groups"
                empty = {"all_groups": True} if kind == "del_group" and not groups else {}
                return {"type": name, "groups": groups, **empty}
            case "save":
                return _saved(action)
            case "lang":
                return {"type": "set_contact_language", "language": action.text("lang")}
            case "flow":
                return {"type": "enter_flow", "flow": _named(action), "terminal": True}
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
            replies.append(migrated(base(texts, self.language)))
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
        return migrated(base(texts, self.language))

    def _translate(self, texts: dict[str, Any], uuid: str, property: str) -> None:
        for code, text in texts.items():
            if code != self.language and isinstance(text, str) and len(texts) > 1:
                of_language = self.localization.setdefault(code, {})
                of_item = of_language.setdefault(uuid, {})
                of_item.setdefault(property, []).append(migrated(text))


def _saved(action: Part) -> dict[str, Any]:
    field, value = action.text("field"), migrated(action.text("value"))
    if field in ("name", "first_name"):
        return {"type": "set_contact_name", "name": value}
    if field in ("tel", "tel_e164", "mailto", "twitter", "facebook", "telegram"):
        return {"type": "add_contact_urn", "scheme": field, "path": value}
    named = {"key": field, "name": action.text("label")}
    return {"type": "set_contact_field", "field": named, "value": value}

"""A flow as RapidPro wrote it before version 13: sets of actions and of rules."""

from typing import Any


def _rule(category: str, to: str | None, **test: Any) -> dict[str, Any]:
    return {
        "uuid": f"rule-{category}-{to}",
        "category": {"eng": category, "spa": f"{category} es"},
        "destination": to,
        "destination_type": "A",
        "test": test,
    }


def _actions(uuid: str, y: int, *actions: dict[str, Any], to: str | None = None) -> dict[str, Any]:
    return {
        "uuid": uuid,
        "x": 100,
        "y": y,
        "destination": to,
        "exit_uuid": f"{uuid}-exit",
        "actions": list(actions),
    }


def _reply(id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"type": "reply", "uuid": id, "msg": {"eng": text, "spa": f"{text} (es)"}, **more}


COLORS: dict[str, Any] = {
    "base_language": "eng",
    "flow_type": "F",
    "version": "11.12",
    "entry": "ask",
    "metadata": {
        "uuid": "colors-flow",
        "name": "Colors",
        "revision": 3,
        "expires": 720,
        "notes": [{"x": 1, "y": 2, "title": "Mind", "body": "the colors"}],
    },
    "action_sets": [
        _actions("late", 400, _reply("r3", "Still there?"), to="rules"),
        _actions(
            "ask",
            0,
            _reply("r1", "Hi @contact.first_name, which color?", quick_replies=[{"eng": "Red"}]),
            to="rules",
        ),
        _actions(
            "nice",
            300,
            {"type": "save", "uuid": "s", "field": "color", "label": "Color", "value": "@flow.hue"},
            {"type": "add_group", "uuid": "g", "groups": [{"uuid": "grp", "name": "Painters"}]},
            _reply("r2", "@flow.hue.category is nice, @(UPPER(contact.color))"),
        ),
        _actions("other", 350, _reply("r4", "What?"), to="rules"),
    ],
    "rule_sets": [
        {
            "uuid": "rules",
            "x": 100,
            "y": 200,
            "label": "Hue",
            "ruleset_type": "wait_message",
            "operand": "@step.value",
            "config": {},
            "rules": [
                _rule("Red", "nice", type="contains_any", test={"eng": "red crimson"}),
                _rule("Blue", "nice", type="contains", test={"eng": "blue", "spa": "azul"}),
                _rule("Other", "other", type="true"),
                _rule("No Response", "late", type="timeout", minutes=30),
            ],
        }
    ],
}
LEGACY = {"version": "11.12", "site": "https://textit.example", "flows": [COLORS]}

"""Sets of rules of the formats before 13, as splits."""

from collections.abc import Callable
from typing import Any, Final

from otn_studio.exchange.rapidpro.legacy_texts import base, flow_id, group, migrated
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


Said = Callable[[Part, str, str, str], str]
"""Finds a text of a part, by its key, and puts what it is in other languages with an item's."""


class Rules:
    """A set of rules on its way to becoming a node."""

    def __init__(self, part: Part, language: str, said: Said) -> None:
        self.part, self.language, self._said = part, language, said

    def node(self) -> Placed:
        part, kind = self.part, self.part.text("ruleset_type") or "wait_message"
        label, uuid = part.text("label"), part.text("uuid")
        rules = part.parts("rules")
        categories: dict[str, dict[str, Any]] = {}
        exits: list[Placed] = []
        cases: list[Placed] = []
        router: dict[str, Any] = {"type": "random" if kind == "random" else "switch"}
        for rule in rules:
            name = base(rule.values.get("category"), self.language) or "Other"
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
                asked = group(test.values.get("test"))
                return [asked.get("uuid", ""), asked.get("name", "")]
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
                flow = {
                    "uuid": flow_id(config.part("flow")),
                    "name": config.part("flow").text("name"),
                }
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

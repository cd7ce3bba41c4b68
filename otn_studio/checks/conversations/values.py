"""Single values of recorded conversations: times, lengths of time, one of several words."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.field import read as read_value
from otn_studio.blocks.known import zone_named
from otn_studio.checks.conversations.nodes import Node, refuse

SHORT: Final = re.compile(r"(\d{1,6}) ?([mhdw])")
_UNITS: Final = {"m": "minute", "h": "hour", "d": "day", "w": "week"}
_YES_NO: Final = {"yes": True, "no": False}


def one_of(node: Node, known: tuple[str, ...]) -> str:
    if (text := node.text()) not in known:
        refuse(
            node.line,
            "“{text}” is not known here. Write one of: {known}.",
            text=text,
            known=", ".join(known),
        )
    return text


def yes_no(node: Node) -> bool:
    return _YES_NO[one_of(node, tuple(_YES_NO))]


def zone(node: Node) -> ZoneInfo:
    zone = zone_named(node.text())
    if zone is None:
        refuse(
            node.line,
            "“{zone}” is no time zone. Write one such as Europe/Berlin.",
            zone=node.text(),
        )
    return zone


def length(node: Node) -> timedelta:
    text = node.text().strip()
    short = SHORT.fullmatch(text)
    try:
        return Duration.read(f"{short[1]} {_UNITS[short[2]]}s" if short else text).length
    except ValueError:
        refuse(
            node.line, "“{text}” is no length of time. Write one such as 25h or 3 days.", text=text
        )


def instant(node: Node, zone: ZoneInfo) -> datetime:
    text = node.text()
    found = read_value(text, FieldType.DATE_TIME, zone)
    if not isinstance(found, datetime):
        refuse(node.line, "“{text}” is no time. Write one such as 2026-12-24 18:30.", text=text)
    return found

"""Colours by what they are for, once for each theme; everything that paints asks here."""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor

from otn_studio.blocks.block import Group


@dataclass(frozen=True)
class Roles:
    """The colours of one theme, as ``#RRGGBB``."""

    canvas: str
    dots: str
    surface: str
    raised: str
    hairline: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    warning: str
    success: str
    start: str
    message: str
    permission: str
    permission_soft: str
    logic: str
    action: str
    bubble: str
    """The Page's messages on the phone."""

    def color(self, role: str) -> QColor:
        """The colour of a role by its name."""
        return QColor(getattr(self, role))

    def group(self, group: Group) -> QColor:
        """The colour that a group of blocks wears."""
        return self.color(group.value)


LIGHT = Roles(
    canvas="#F4F5F8",
    dots="#D9DCE3",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hairline="#E1E4EA",
    text="#1B1F27",
    quiet="#5A6272",
    accent="#0B5FE0",
    on_accent="#FFFFFF",
    accent_soft="#E6F0FF",
    danger="#C62828",
    warning="#9A5B00",
    success="#137A4B",
    start="#0F766E",
    message="#1D4ED8",
    permission="#7C3AED",
    permission_soft="#F3EDFE",
    logic="#B45309",
    action="#475569",
    bubble="#EEEFF3",
)
DARK = Roles(
    canvas="#14161B",
    dots="#262A33",
    surface="#1C1F26",
    raised="#23272F",
    hairline="#333945",
    text="#E8EAF0",
    quiet="#A3ABBA",
    accent="#6AA5FF",
    on_accent="#0E1420",
    accent_soft="#22304A",
    danger="#FF8A80",
    warning="#F2B45C",
    success="#5FD39A",
    start="#5EC9BE",
    message="#8AB0FF",
    permission="#B79CFF",
    permission_soft="#2E2745",
    logic="#F0B36B",
    action="#A9B4C4",
    bubble="#313743",
)
ROLE_NAMES = tuple(field.name for field in fields(Roles))

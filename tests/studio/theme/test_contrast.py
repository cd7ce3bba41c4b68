"""Every colour of a text on everything that it stands on: WCAG's 4.5 : 1, in both themes."""

import pytest
from PySide6.QtGui import QColor

from otn_studio.studio.theme.roles import DARK, LIGHT, Roles

ENOUGH = 4.5
GROUNDS = ("canvas", "surface", "raised")
PAIRS = [
    *((ink, ground) for ink in ("text", "quiet", "accent") for ground in (*GROUNDS, "accent_soft")),
    *(
        (ink, ground)
        for ink in ("danger", "warning", "success")
        for ground in (*GROUNDS, "accent_soft")
    ),
    *(
        (group, ground)
        for group in ("start", "message", "permission", "logic", "action")
        for ground in GROUNDS
    ),
    *(("permission", "accent_soft"), ("danger", "permission_soft"), ("quiet", "permission_soft")),
    *(("accent", "bubble"), ("warning", "bubble")),
    *(("on_accent", "accent"), ("permission", "permission_soft"), ("text", "permission_soft")),
    *(("text", "bubble"), ("quiet", "bubble"), ("text", "hairline"), ("quiet", "hairline")),
]


def luminance(color: QColor) -> float:
    """Of 0 to 1. Source: WCAG 2.2, "relative luminance"."""
    parts = color.redF(), color.greenF(), color.blueF()
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_it_is_measured_as_wcag_does():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.478, abs=0.01)


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_a_text_can_be_read(roles: Roles, pair: tuple[str, str]):
    ink, ground = pair
    assert contrast(roles.color(ink), roles.color(ground)) >= ENOUGH

"""The typing sign moves, unless people want no motion."""

import pytest
from PySide6.QtCore import QVariantAnimation

from otn_studio.studio.phone.bubbles import Dots


@pytest.fixture
def moving(monkeypatch):
    monkeypatch.setattr("otn_studio.studio.theme.motion.lasting", lambda milliseconds: milliseconds)


@pytest.fixture
def calm(monkeypatch):
    monkeypatch.setattr("otn_studio.studio.theme.motion.lasting", lambda _milliseconds: 0)


def test_the_dots_rise_while_they_are_seen(phone_with, moving):
    phone = phone_with((Dots(),))
    (part,) = phone.parts
    assert part.moves
    phone.hide()
    assert not part.moves


def test_they_rest_when_the_time_is_over(qtbot, phone_with, moving):
    (part,) = phone_with((Dots(seconds=4),)).parts
    motion = part.findChild(QVariantAnimation)
    motion.setCurrentTime(motion.totalDuration())
    assert 4_000 <= motion.totalDuration() < 6_000
    assert not part.moves


def test_they_look_different_on_their_way(phone_with, moving):
    (part,) = phone_with((Dots(),)).parts
    motion = part.findChild(QVariantAnimation)
    looks = []
    for share in (0.0, 0.25, 0.5):
        motion.setCurrentTime(round(share * motion.duration()))
        looks.append(part.grab().toImage())
    assert looks[0] != looks[1] != looks[2] != looks[0]


def test_they_stand_still_where_no_motion_is_wanted(phone_with, calm):
    (part,) = phone_with((Dots(),)).parts
    assert not part.moves

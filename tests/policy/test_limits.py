import pytest

from otn_studio.policy import limits


@pytest.mark.parametrize(
    ("limit", "documented"),
    [
        ("TEXT", 2_000),
        ("BUTTON_TEXT", 640),
        ("BUTTONS", 3),
        ("BUTTON_TITLE", 20),
        ("QUICK_REPLIES", 13),
        ("QUICK_REPLY_TITLE", 20),
        ("PAYLOAD", 1_000),
        ("OPT_IN_TITLE", 65),
        ("LINK_REF", 2_083),
    ],
)
def test_limits_are_those_of_the_platform(limit, documented):
    assert getattr(limits, limit) == documented


def test_a_topic_name_fits_into_an_opt_in_message():
    assert limits.TOPIC_NAME <= limits.OPT_IN_TITLE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.elements.picture import Picture, is_web_address


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://example.com/shoe.jpg", True),
        ("http://example.com", True),
        ("HTTPS://EXAMPLE.COM", True),
        ("https://bücher.example/ä?q=ß#x", True),
        ("https://[2001:db8::1]/x", True),
        ("ftp://example.com/shoe.jpg", False),
        ("javascript:alert(1)", False),
        ("example.com/shoe.jpg", False),
        ("//example.com/shoe.jpg", False),
        ("https://", False),
        ("https:///shoe.jpg", False),
        ("https:example.com", False),
        ("https://[2001:db8::1/x", False),
        ("C:\\shoe.jpg", False),
        ("", False),
    ],
)
def test_what_messenger_could_open(url, is_one):
    assert is_web_address(url) is is_one


@given(st.text())
def test_any_text_is_judged(url):
    assert is_web_address(url) in (True, False)


def test_it_has_no_way_out():
    assert Picture(id="shoe").ports() == ()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.addresses import dialled, is_dialled_anywhere, is_file, is_web_address


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
        ("https://example.com/red shoe.jpg", False),
        ("https://exam ple.com", False),
        (" https://example.com", False),
        ("https://example.com\n", False),
        ("https://example.com/\u00a0", False),
        ("", False),
    ],
)
def test_what_messenger_could_open(url, is_one):
    assert is_web_address(url) is is_one


@given(st.text())
def test_any_text_is_judged(url):
    assert is_web_address(url) in (True, False)


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("shoe.jpg", True),
        ("media/schöne Schuhe.jpg", True),
        ("a/b/c.d", True),
        ("/etc/passwd", False),
        ("../shoe.jpg", False),
        ("media/../../shoe.jpg", False),
        ("./shoe.jpg", False),
        ("media//shoe.jpg", False),
        ("media\\shoe.jpg", False),
        ("C:shoe.jpg", False),
        ("media/", False),
        ("shoe\n.jpg", False),
        ("", False),
    ],
)
def test_a_file_lies_in_the_folder_of_its_flow(path, is_one):
    assert is_file(path) is is_one


@given(st.text())
def test_nothing_is_both_a_file_and_on_the_web(text):
    assert not (is_file(text) and is_web_address(text))


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("+1 (510) 555-1234", True),
        ("+49 30/123 45 67", True),
        ("030 1234567", False),
        ("+0 30 1234567", False),
        ("+1", False),
        ("+12345678901234567", False),
        ("+1510five55", False),
        ("", False),
    ],
)
def test_a_number_that_is_dialled_from_everywhere(number, is_one):
    assert is_dialled_anywhere(number) is is_one


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), st.text(" ()-./", max_size=5))
def test_what_helps_the_eye_is_not_dialled(number, between):
    assert dialled(between.join(number)) == number

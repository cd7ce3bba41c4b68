import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.messenger.signature import is_genuine, same, sign
from tests.messenger.calm import calm

SECRET = "app-secret"


def test_known_vector():
    """RFC 4231, test case 2."""
    expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign("Jefe", b"what do ya want for nothing?") == expected


def test_signature_is_over_the_bytes_and_not_over_what_they_mean():
    escaped = rb'{"text":"sch\u00f6n \ud83d\ude00"}'
    rewritten = json.dumps(json.loads(escaped), ensure_ascii=False).encode()
    header = sign(SECRET, escaped)
    assert is_genuine(SECRET, escaped, header)
    assert not is_genuine(SECRET, rewritten, header)


@calm
@given(st.binary(max_size=200), st.text(min_size=1))
def test_own_signature_is_genuine(body, secret):
    assert is_genuine(secret, body, sign(secret, body))


@calm
@given(st.binary(max_size=200), st.text())
def test_other_headers_are_not(body, header):
    assert not is_genuine(SECRET, body, header)


@calm
@given(st.binary(min_size=1, max_size=50), st.data())
def test_one_changed_bit_is_noticed(body, data):
    position = data.draw(st.integers(0, len(body) * 8 - 1))
    forged = bytearray(body)
    forged[position // 8] ^= 1 << position % 8
    assert not is_genuine(SECRET, bytes(forged), sign(SECRET, body))


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        sign(SECRET, b"x").removeprefix("sha256="),
        sign(SECRET, b"x").replace("sha256", "sha1"),
        sign(SECRET, b"x")[:-1],
        sign("another", b"x"),
        "sha256=ü\ud800",
    ],
)
def test_refused_headers(header):
    assert not is_genuine(SECRET, b"x", header)


def test_empty_secret_lets_nobody_in():
    assert not is_genuine("", b"x", sign("", b"x"))


def test_secrets_outside_ascii_can_be_compared():
    assert same("schlüssel", "schlüssel")
    assert not same("schlüssel", "schlussel")

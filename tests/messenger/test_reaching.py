"""Whether an address leads to our engine, and what is the matter where it does not."""

import re

import pytest

from otn_studio.messenger import reaching
from otn_studio.messenger.reaching import Way
from tests.messenger.far_end import FarEnd, answer, answer_with

WORD = "our-word"


@pytest.fixture
def far():
    far = FarEnd()
    yield far
    far.stop()


def way(far: FarEnd) -> Way:
    return reaching.ask(f"http://{far.address}/webhook", WORD).way


def test_it_is_reached_where_the_challenge_comes_back(far):
    def echo(out) -> bool:
        challenge = re.search(r"hub.challenge=(\d+)", far.calls[-1].line)[1]
        return answer_with(out, answer(challenge.encode()))

    far.behave = echo
    assert way(far) is Way.REACHED
    assert f"hub.verify_token={WORD}" in far.calls[0].line


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (answer(b"<html>Hello</html>"), Way.SOMEBODY_ELSE),
        (answer(b"", 404), Way.NOT_FOUND),
        (answer(b"", 403), Way.OTHER_WORD),
        (answer(b"", 502), Way.NOBODY_BEHIND),
        (answer(b"", 530), Way.NOBODY_BEHIND),
        (answer(b"", 301, "Location: https://other.example/webhook"), Way.ELSEWHERE),
        (answer(b"", 500), Way.SOMEBODY_ELSE),
        (b"SSH-2.0-OpenSSH\r\n\r\n", Way.NO_ANSWER),
    ],
)
def test_who_answers_instead_is_told_apart(far, said, found):
    far.answers(said, keep=False)
    assert way(far) is found


def test_nobody_is_there(far):
    address = far.address
    far.stop()
    assert reaching.ask(f"http://{address}/webhook", WORD).way is Way.NO_ANSWER


def test_a_name_that_nobody_knows():
    assert reaching.ask("http://bot.invalid/webhook", WORD).way is Way.NO_SUCH_NAME


def test_there_is_no_secure_connection(far):
    far.answers(answer(b""))
    assert reaching.ask(f"https://{far.address}/webhook", WORD).way is Way.NOT_SECURE


def test_nothing_that_is_told_holds_the_word(far):
    far.answers(answer(b"", 301, f"Location: https://other.example/?hub.verify_token={WORD}"))
    found = reaching.ask(f"http://{far.address}/webhook", WORD)
    assert WORD not in found.details
    assert "other.example" in found.details

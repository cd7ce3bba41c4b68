"""What the page of help about the emulator says that can be tried is tried."""

import re
import shlex

import pytest
import requests

from otn_studio.emulator.acts import ACTS
from otn_studio.emulator.faults import Plan
from tests.emulator.calls import TOKEN
from tests.help.reading import HELP, commands, fences

PAGES = [HELP / "emulator.md", HELP / "de/emulator.md"]
ROW = re.compile(r"^\| `(GET|POST) (/\S*)` \| (.*) \|$", re.MULTILINE)


def rows(page):
    """The edges in its tables, by method and path."""
    return [row[:2] for row in ROW.findall(page.read_text("utf-8"))]


def calls(page):
    return [line for line in commands(page) if line.startswith("curl")]


@pytest.fixture
def here(base_url, page, visitor):
    """What stands on the page as it is in this emulator."""

    def here(text: str) -> str:
        known = {
            "http://127.0.0.1:8041": base_url,
            "access_token=practice": "access_token=right-token",
            "/1/": f"/{page.app_id}/",
        }
        for written, real in known.items():
            text = text.replace(written, real)
        return re.sub(r"\bID\b", visitor.id, text)

    return here


def called(line: str) -> requests.Response:
    """A call as curl would make it."""
    program, *words = shlex.split(line)
    assert program == "curl"
    url, data = words.pop(), [word for word in words if word != "-d"]
    if not data:
        return requests.get(url, timeout=10)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return requests.post(url, "&".join(data).encode(), headers=kind, timeout=10)


def test_each_language_shows_the_same_calls_and_edges():
    english, *others = PAGES
    for page in others:
        assert rows(page) == rows(english)
        assert calls(page) == calls(english)


@pytest.mark.parametrize("line", calls(PAGES[0]))
def test_each_call_does_its_work(line, here):
    answer = called(here(line))
    assert answer.ok, answer.text


@pytest.mark.parametrize("told", PAGES, ids=str)
def test_the_example_in_python_runs(told, here):
    (example,) = [fence.text for fence in fences(told) if fence.language == "python"]
    exec(compile(here(example), "example", "exec"), {})


@pytest.mark.parametrize(("method", "path"), rows(PAGES[0]))
def test_every_edge_is_there(method, path, here, base_url, engine, visitor):
    answer = engine.request(method, base_url + here(path), params=TOKEN, json={}, timeout=10)
    nothing = re.search("does not exist|has nothing at|but not", answer.text)
    assert not nothing, answer.text


@pytest.mark.parametrize("told", PAGES, ids=str)
def test_all_that_people_can_do_and_all_that_can_go_wrong_is_told(told):
    text = told.read_text("utf-8")
    assert [act for act in ACTS if f"/{act}`" not in text and f"`{act}`" not in text] == []
    faults = set(Plan.__dataclass_fields__) - {"seed", "refusals"}
    assert [fault for fault in faults if f"`{fault}`" not in text] == []

"""What the pages say that can be typed works: it is typed here."""

import io
import os
import shlex
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime

import keyring
import pytest
import requests
import yaml
from sqlalchemy import insert

from otn_studio import shipped
from otn_studio.cli.main import VERBS, _parser, main
from otn_studio.cli.settings import PREFIX, Settings
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.tables import contact
from tests.cli.test_secret import Ring
from tests.cli.waiting import wait_until
from tests.help.reading import HELP, ROOT, codes, commands, fences, written

PROGRAM = "otn-studio"
GO_ON = {"engine", "emulator"}
"""They run until they are stopped; they are started further below."""
ELSEWHERE = {"move", "service"}
"""They need a server, or change the computer, and have tests of their own."""
PERSON = "7000000000000001"
ADMINISTRATORS = [HELP / "administrators.md", HELP / "de/administrators.md"]
PAGES = [page for page in written() if any(commands(page))]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
TRIED = """
import doctest, sys
from datetime import UTC, datetime
from otn_studio.blocks.turn import Contact, Turn
from otn_studio.studio.canvas.offers import offers
from otn_studio.studio.help.blocks import text_of

assert doctest.testmod(sys.modules["__main__"]).attempted == 1
assert "Count up" in [offer.title for offer in offers()]
assert "Adds one to a number" in text_of(CountUp)
assert Block.read({"type": "count_up", "field": "visits"}) == CountUp(field="visits")
turn = Turn(datetime(2026, 11, 23, tzinfo=UTC), Contact("ann", {"visits": "2"}))
assert CountUp(field="visits").step(turn) == turn.go("next", SetField("visits", "3"))
"""


def words_of(line: str) -> list[str]:
    """A command without the settings before it, and without where the program lies."""
    words = shlex.split(line)
    while words and "=" in words[0]:
        words.pop(0)
    words[0] = words[0].removeprefix(".venv/bin/")
    return words


@pytest.fixture
def computer(monkeypatch, tmp_path):
    """A folder with the sample flows, a database in which somebody is known, and a keyring."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    url = f"sqlite:///{tmp_path / 'help.db'}"
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped.path("flows"), tmp_path / "flows")
    database = Database.open(url)
    with database.writing() as connection:
        pages.ensure(connection, "1")
        known = {"page_id": "1", "fields": {}, "tags": [], "first_seen_at": datetime.now(UTC)}
        connection.execute(insert(contact).values(person_id=PERSON, **known))
    database.close()
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield url
    keyring.set_keyring(before)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_does_its_work(page, computer, monkeypatch, capsys):
    for line in commands(page):
        program, *arguments = words_of(line)
        if program != PROGRAM or not arguments:
            continue
        if arguments[0] in GO_ON | ELSEWHERE:
            assert _parser(arguments[0]).parse_args(arguments).verb == arguments[0]
        else:
            monkeypatch.setattr("sys.stdin", io.StringIO("hush-hush\n"))
            assert main(arguments) == 0, f"{line}: {capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_other_programs_are_few_and_targets_of_make_are_there(page):
    targets = (ROOT / "Makefile").read_text("utf-8")
    for line in commands(page):
        program, *arguments = words_of(line)
        assert program in {PROGRAM, "curl", "make", "pytest", "pip", "git"}, line
        if program == "make":
            assert f"\n{arguments[0]}:" in targets, line


def test_each_language_tells_administrators_the_same_commands():
    english, *others = (list(commands(page)) for page in ADMINISTRATORS)
    assert [told for told in others if told != english] == []


def test_by_hand_without_a_page(computer):
    """An emulator, an engine, and somebody who writes: from page to phone."""
    emulator, engine, *calls = [
        line for line in commands(ADMINISTRATORS[0]) if "8041" in line or "emulator" in line
    ]
    ports = {"8040": str(free_port()), "8041": str(free_port())}
    with ExitStack() as running:
        for line in (emulator, engine):
            running.enter_context(started(line, ports))
        graph = f"http://127.0.0.1:{ports['8041']}"
        wait_until(lambda: knows_its_webhook(graph))
        assert main(["publish", "flows/back-in-stock.json"]) == 0
        made, write, phone = calls
        person = called(made, ports, "").json()["id"]
        called(write, ports, person)
        wait_until(lambda: "Which size" in called(phone, ports, person).text)


def started(line, ports):
    """A program that goes on, by its line; ended with the test."""
    settings = [word for word in shlex.split(line) if word.startswith(PREFIX)]
    given = dict(setting.split("=", 1) for setting in settings)
    program, *arguments = words_of(line)
    assert program == PROGRAM
    arguments = [moved(word, ports) for word in arguments]
    arguments += ["--listen", f"127.0.0.1:{ports['8041' if 'emulator' in arguments else '8040']}"]
    stack = ExitStack()
    process = subprocess.Popen(
        [sys.executable, "-m", "otn_studio", *arguments],
        env=os.environ | {name: moved(value, ports) for name, value in given.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return stack


def called(line, ports, person):
    """A call as curl would make it."""
    program, *arguments = shlex.split(moved(line, ports).replace("/ID/", f"/{person}/"))
    assert program == "curl"
    if arguments[0] == "-d":
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return requests.post(arguments[2], arguments[1].encode(), headers=kind, timeout=10)
    return requests.get(arguments[0], timeout=10)


def moved(text, ports):
    for before, after in ports.items():
        text = text.replace(f":{before}", f":{after}")
    return text


def knows_its_webhook(graph) -> bool:
    """Whether the engine is there, and the emulator has found it."""
    try:
        return bool(requests.get(f"{graph}/emulator/webhook", timeout=5).json()["url"])
    except requests.ConnectionError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("page", ADMINISTRATORS, ids=str)
def test_every_verb_and_every_setting_is_told_to_administrators(page):
    typed = " ".join(codes(page))
    assert [verb for verb in VERBS if f"{PROGRAM} {verb}" not in typed] == []
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    told = set(typed.split())
    assert settings - told == set()


INLINE = sorted(
    {code for page in written() for code in codes(page) if code.startswith(f"{PROGRAM} ")}
    - {f"{PROGRAM} VERB --help"}
)


@pytest.mark.parametrize("line", INLINE)
def test_each_command_within_a_sentence_can_be_given(line):
    """What may be left out is given, and each word in capitals stands for something."""
    line = line.replace("[FILE...]", "").replace("FORMAT", "json")
    for sign in ("...", "[", "]"):
        line = line.replace(sign, "")
    _program, *words = shlex.split(line)
    assert set(words[:1]) <= set(VERBS)
    if len(words) > 1:
        assert _parser(words[0]).parse_args(words).verb == words[0]


def test_no_verb_is_told_that_is_not_there():
    told = {
        code.split()[1]
        for page in written()
        for code in codes(page)
        if code.startswith(f"{PROGRAM} ") and code.split()[1].isalpha()
    }
    assert told - set(VERBS) <= {"VERB"}


def test_the_block_that_contributors_are_shown_is_a_whole_one():
    """In a process of its own, since declaring a type makes it known."""
    (example,) = [f.text for f in fences(ROOT / "CONTRIBUTING.md") if f.language == "python"]
    tried = f"{example}\n{TRIED}"
    subprocess.run([sys.executable, "-c", tried], check=True, env=os.environ | OFFSCREEN)


def test_examples_in_yaml_can_be_read():
    for page in written():
        for fence in fences(page):
            if fence.language == "yaml":
                assert yaml.safe_load(fence.text)

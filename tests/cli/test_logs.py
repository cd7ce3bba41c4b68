"""The log, and what must never be in it."""

import json
import logging
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
import requests
from sqlalchemy import select, text

from otn_studio import shipped
from otn_studio.blocks.words import Problem
from otn_studio.cli import logs, processes
from otn_studio.cli.stage import Stage
from otn_studio.flow import writing
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.broadcasting.announcing import announce_flow
from otn_studio.runtime.publishing import publish
from otn_studio.storage.tables import permission
from tests.cli.waiting import wait_until
from tests.postgres import fresh_database

TOPIC = "blue-sneakers-5d21f0"
SECRETS = ("PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN")
BREAKS = {
    "sqlite": "CREATE TRIGGER broken BEFORE INSERT ON permission"
    " BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END",
    "postgresql": "ALTER TABLE permission ADD CONSTRAINT broken_on_purpose"
    " CHECK (token = '') NOT VALID",
}


@pytest.fixture
def logging_as_before():
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    yield
    root.handlers[:], sys.excepthook, threading.excepthook = before[0], before[2], before[3]
    root.setLevel(before[1])
    logging.captureWarnings(False)


@pytest.fixture
def said(logging_as_before, capsys):
    """What the log says once it is set up."""

    def said(**environment):
        logs.set_up({f"OTN_STUDIO_{name}": value for name, value in environment.items()})
        logging.getLogger("uvicorn.error").warning("an %s", "oddity")
        logging.getLogger("procrastinate.worker").info("a job", extra={"queue": "page-1"})
        logging.getLogger("sqlalchemy.engine").info("SELECT secrets")
        try:
            raise ZeroDivisionError("oh")
        except ZeroDivisionError:
            logging.getLogger("otn_studio.x").exception("it broke")
        return capsys.readouterr().err

    return said


def test_lines_of_text_with_warnings_and_worse(said):
    lines = said().splitlines()
    assert lines[0].endswith("WARNING uvicorn.error: an oddity")
    assert lines[1].endswith("ERROR otn_studio.x: it broke")
    assert lines[-1] == "ZeroDivisionError: oh"


def test_addresses_that_are_called_are_in_no_log(said):
    said(LOG_LEVEL="DEBUG")
    assert not logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.DEBUG)


def test_an_object_a_line(said):
    first, second, third = map(json.loads, said(LOG="json", LOG_LEVEL="info").splitlines())
    assert first["level"] == "WARNING"
    assert first["logger"] == "uvicorn.error"
    assert first["message"] == "an oddity"
    assert datetime.fromisoformat(first["time"]).utcoffset() == timedelta(0)
    assert (second["message"], second["queue"]) == ("a job", "page-1")
    assert third["error"].endswith("ZeroDivisionError: oh")


def test_the_database_s_own_log_stays_off(said):
    assert "SELECT secrets" not in said(LOG_LEVEL="DEBUG")


@pytest.mark.parametrize(("name", "value"), [("LOG", "yaml"), ("LOG_LEVEL", "loud")])
def test_what_there_is_not_is_refused_in_a_sentence(name, value):
    with pytest.raises(Problem, match=f"OTN_STUDIO_{name} can’t be used: there are these"):
        logs.set_up({f"OTN_STUDIO_{name}": value})


def test_without_its_package_json_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pythonjsonlogger.json", None)
    with pytest.raises(Problem, match="pip install"):
        logs.set_up({"OTN_STUDIO_LOG": "json"})


def test_a_thread_that_breaks_is_in_the_log(logging_as_before, capsys):
    logs.set_up({"OTN_STUDIO_LOG": "json"})
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    line = json.loads(capsys.readouterr().err)
    assert line["level"] == "CRITICAL"
    assert "ZeroDivisionError" in line["error"]


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request, tmp_path):
    settings = {"send_timeout": "2", "log": "json", "log_level": "DEBUG"}
    if request.param == "postgresql":
        settings["database_url"] = fresh_database()
    with Stage(tmp_path, "Kicks & Co", **settings) as stage:
        stage.start_engine()
        stage.subscribe()
        yield stage


def test_no_secret_is_in_a_log_or_anything_else_that_is_shown(stage, tmp_path):
    flow = load(shipped.path("flows/back-in-stock.json"))
    publish(stage.database, stage.page_id, Project.of(flow), stage.now())
    wait_until(lambda: seen(stage, "health")["flows"])
    stage.emulator.faults(server_error=0.3, drop_before=0.2, seed=3)
    for _ in range(2):
        say_yes(stage)
    stage.emulator.faults()
    stage.settle()
    announce_flow(stage.database, stage.page_id, TOPIC, flow.id, stage.now())
    stage.settle()
    secrets = [stage._environment[name] for name in SECRETS] + tokens(stage)
    assert len(secrets) == len(SECRETS) + 2
    secrets.append(break_off(stage))
    shown = {
        "log": (tmp_path / "engine.log").read_text(),
        "health": json.dumps(seen(stage, "health")),
        "metrics": figures(stage),
        "export": writing.to_text(flow),
        "backup": backed_up(stage, tmp_path),
    }
    assert "Traceback" in shown["log"]
    assert all(json.loads(line)["level"] for line in shown["log"].splitlines())
    for name, content in shown.items():
        assert [secret for secret in secrets if secret in content] == [], name
        assert "Ann" not in content, name


def say_yes(stage) -> str:
    """Somebody goes through the flow, and again where a message got lost on the way."""
    ann = stage.emulator.add_person("Ann")
    while True:
        ann.write("restock")
        stage.settle()
        if choices := [e["quick_replies"][0] for e in ann.phone() if e.get("quick_replies")]:
            ann.tap(choices[-1])
            stage.settle()
        if any(entry["kind"] == "opt_in_card" for entry in ann.phone()):
            (event,) = ann.notify_me()
            stage.settle()
            return event["optin"]["one_time_notif_token"]


def break_off(stage) -> str:
    """The database refuses a permission, so that there is something to log with all that is in it."""
    with stage.database.writing() as connection:
        connection.execute(text(BREAKS[connection.dialect.name]))
    return say_yes(stage)


def tokens(stage) -> list[str]:
    with stage.database.reading() as connection:
        return list(connection.scalars(select(permission.c.token)))


def seen(stage, path: str):
    return get(stage, path).json()


def figures(stage) -> str:
    return get(stage, "metrics").text


def get(stage, path: str) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{stage.engine_url}/{path}", timeout=10)


def backed_up(stage, folder) -> str:
    """What the command says, for better or worse."""
    done = subprocess.run(
        processes.command("backup", str(folder / "mine.db")),
        env=processes.environment(stage._environment),
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr

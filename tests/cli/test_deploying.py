"""The files for servers: what can be known of them without one."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from otn_studio import shipped
from otn_studio.cli import main as program
from otn_studio.cli.connect import host_and_port
from otn_studio.cli.settings import PREFIX, Settings, settings
from tests.interpreter.flows import flow, keyword, says
from tests.postgres import fresh_database
from tests.runtime.far_end import Shop, refused

FOLDER = Path(shipped.path("resources/deploy"))
UNITS = sorted(FOLDER.glob("*.service"))
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields} | {
    PREFIX + name for name in ("SECRETS", "LOG", "LOG_LEVEL")
}
GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")
PARTS = {"webhook", "worker", "sender"}


def is_understood(arguments: list[str]) -> str:
    """The role that a command line asks for."""
    given = program._parser(arguments[0]).parse_args(arguments)
    assert given.verb == "engine"
    host_and_port(given.listen)
    return given.role


def test_every_part_is_composed_and_its_command_line_is_understood():
    services = {name: s for name, s in COMPOSE["services"].items() if name != "postgres"}
    assert {name: is_understood(s["command"]) for name, s in services.items()} == {
        part: part for part in PARTS
    }
    for service in services.values():
        assert service["depends_on"]["postgres"]["condition"] == "service_healthy"
        compile(service["healthcheck"]["test"][3], "healthcheck", "exec")
        assert set(service["environment"]) <= KNOWN
        assert {name.upper() for name in service["secrets"]} <= KNOWN
        assert set(service["secrets"]) <= COMPOSE["secrets"].keys()


NEEDED = {
    "webhook": {"app_secret", "verify_token"},
    "worker": set(),
    "sender": {"page_token"},
}


@pytest.mark.parametrize("role", sorted(PARTS))
def test_a_part_is_handed_the_secrets_that_it_needs_and_no_others(role):
    needed = {f"otn_studio_{name}" for name in NEEDED[role] | {"database_url"}}
    assert set(COMPOSE["services"][role]["secrets"]) == needed
    (path,) = (path for path in UNITS if role in path.name)
    assert {entry.partition(":")[0] for entry in unit(path)["LoadCredential"]} == needed


@pytest.mark.parametrize(
    ("role", "given", "missing"),
    [
        ("all", {"app_secret", "verify_token"}, "PAGE_TOKEN"),
        ("webhook", {"verify_token"}, "APP_SECRET"),
        ("webhook", {"app_secret"}, "VERIFY_TOKEN"),
        ("sender", {"app_secret", "verify_token"}, "PAGE_TOKEN"),
        *((role, needed, "") for role, needed in NEEDED.items()),
    ],
)
def test_a_part_asks_for_the_secrets_that_it_needs_only(role, given, missing, otn, monkeypatch):
    for name in ("page_token", "app_secret", "verify_token"):
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    for name in given:
        monkeypatch.setenv(PREFIX + name.upper(), "from-outside")
    nowhere = "postgresql://127.0.0.1:1/otn"
    code, _, complained = otn("engine", "--role", role, "--database", nowhere)
    assert code == 2
    assert (PREFIX + missing if missing else "127.0.0.1:1/otn") in complained


def test_only_this_computer_reaches_the_ports_that_are_open():
    open_ports = [port for s in COMPOSE["services"].values() for port in s.get("ports", ())]
    assert open_ports
    assert all(port.startswith("127.0.0.1:") for port in open_ports)


def test_no_file_holds_a_secret():
    for path in FOLDER.iterdir():
        for word in ("PASSWORD", "TOKEN", "SECRET"):
            assert not re.search(rf"{word}[:=] *[^\s…$/]", path.read_text()), path.name
    assert all(secret.keys() == {"file"} for secret in COMPOSE["secrets"].values())


def unit(path: Path) -> dict[str, list[str]]:
    """What the service's section says, by name."""
    found: dict[str, list[str]] = {}
    parser = configparser.RawConfigParser(strict=False, dict_type=dict)
    parser.optionxform = str
    parser.read(path)
    assert set(parser.sections()) == {"Unit", "Service", "Install"}
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals:
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_s_command_line_is_understood_and_its_secrets_are_settings(path):
    said = unit(path)
    (command,) = said["ExecStart"]
    executable, *arguments = shlex.split(command.replace("%i", "01"))
    assert executable == "/opt/otn-studio/bin/otn-studio"
    assert is_understood(arguments) in path.name
    assert {entry.partition(":")[0].upper() for entry in said["LoadCredential"]} <= KNOWN
    assert said["NoNewPrivileges"] == ["yes"]
    assert said["ProtectSystem"] == ["strict"]


def test_there_is_a_unit_for_every_part():
    assert {path.name for path in UNITS} == {
        "otn-studio-webhook.service",
        "otn-studio-worker@.service",
        "otn-studio-sender.service",
    }


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong(path, tmp_path):
    there = tmp_path / path.name.replace("@", "@01")
    there.write_text(path.read_text().replace("/opt/otn-studio/bin/otn-studio", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(there)], capture_output=True, text=True
    )
    ours = [line for line in done.stderr.splitlines() if path.name.partition("@")[0] in line]
    assert ours == []


def test_the_image_needs_no_window(tmp_path):
    """What draws one is taken out of it."""
    code = (
        "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None;"
        "from otn_studio.cli.main import main; main(['engine', '--help'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    assert "--role" in done.stdout


def test_what_to_do_with_a_dump_that_was_brought_back_stops_everything():
    guide = (FOLDER / "README.md").read_text()
    statements = re.findall(r"^    (UPDATE .*);$", guide, re.MULTILINE)
    shop = Shop(fresh_database())
    shop.publish(GREETING)
    shop.far_end.will_answer(refused(4))
    shop.write("hi")
    assert [state for state, _ in shop.sends()] == ["due"]
    shop.engine.stop()
    with shop.database.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    shop.far_end.texts()
    shop.start()
    shop.write("hi")
    shop.advance(days=1)
    assert shop.far_end.texts() == []
    assert [state for state, _ in shop.sends()] == ["unknown", "due"]
    shop.close()


@pytest.mark.parametrize("name", ["OTN_STUDIO_SECRETS", "CREDENTIALS_DIRECTORY"])
def test_settings_are_read_from_files(monkeypatch, tmp_path, name):
    (tmp_path / "otn_studio_page_token").write_text("from-a-file\n")
    monkeypatch.setenv(name, str(tmp_path))
    assert settings().secret("page_token") == "from-a-file"
    monkeypatch.setenv("OTN_STUDIO_PAGE_TOKEN", "from-outside")
    assert settings().secret("page_token") == "from-outside"


def test_a_folder_of_secrets_that_is_not_there_is_told(otn, monkeypatch, tmp_path):
    monkeypatch.setenv("OTN_STUDIO_SECRETS", str(tmp_path / "nowhere"))
    code, _, complained = otn("topics", "list")
    assert code == 2
    assert "OTN_STUDIO_SECRETS can’t be used: there is no folder" in complained

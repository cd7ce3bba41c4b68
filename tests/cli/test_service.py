"""The engine as a service: what each system is told of it, and the command that does so.

The system itself is the far end: here it only writes down what it is told.
"""

import configparser
import json
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import keyring
import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli import main as program
from otn_studio.cli import processes
from otn_studio.cli.background import keepers, launchd, service, task_scheduler
from otn_studio.cli.background.launchd import Launchd, plist
from otn_studio.cli.background.service import Service, State
from otn_studio.cli.background.systemd import UNIT, Systemd, unit
from otn_studio.cli.background.task_scheduler import TaskScheduler, task
from otn_studio.cli.local_engine import LocalEngine
from otn_studio.cli.page_keys import NAMES, PageKeys
from otn_studio.cli.services.service import EngineAsService
from otn_studio.cli.settings import PREFIX, settings
from otn_studio.storage import connections
from otn_studio.storage.connections import Connection
from otn_studio.storage.database import Database
from tests.cli.test_secret import Ring

ODD = r'/opt/Ann & Bob’s "shop"/100% $HOME\otn-studio'
SECRET = "hush-hush-4711"


def a_service(folder: Path = Path("/tmp/logs")) -> Service:
    values = {"OTN_STUDIO_PAGE_ID": "42", "OTN_STUDIO_STOP_WORDS": 'no, "50 %", $5'}
    return Service((ODD, "engine"), values, folder / "service.log")


class System:
    """Writes down what its tools are told, and says yes, except to ``refused``."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.refused: dict[str, str] = {}

    def run(self, command, **_options) -> subprocess.CompletedProcess[bytes]:
        line = " ".join(command)
        self.told.append(line)
        for words, why in self.refused.items():
            if words in line:
                return subprocess.CompletedProcess(command, 1, b"", why.encode())
        says = b"Running" if command[0] == "powershell" else b"state = running"
        return subprocess.CompletedProcess(command, 0, says, b"")


@pytest.fixture
def system(monkeypatch):
    made = System()
    monkeypatch.setattr(service.subprocess, "run", made.run)
    return made


def test_systemd_reads_the_command_as_it_is_meant():
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(unit(a_service()).replace("Environment=", "Environment_1=", 1))
    written = read["Service"]["ExecStart"]
    parts = shlex.split(written.replace("$$", "$").replace("%%", "%"))
    assert parts == [ODD, "engine"]
    assert read["Service"]["Environment_1"] == '"OTN_STUDIO_PAGE_ID=42"'
    assert read["Service"]["Restart"] == "on-failure"
    assert read["Install"]["WantedBy"] == "default.target"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path):
    here = Service((sys.executable, "-m", "otn_studio", "engine"), a_service().settings, tmp_path)
    (tmp_path / UNIT).write_text(unit(here))
    command = ["systemd-analyze", "--user", "verify", "--man=no", str(tmp_path / UNIT)]
    environment = {"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert UNIT not in told.stdout + told.stderr
    assert told.returncode == 0, told.stderr


def test_systemd_is_told_and_forgets(tmp_path, system):
    keeper = Systemd(tmp_path)
    assert keeper.state() == State(False, False)
    keeper.remove()
    assert system.told == []
    keeper.install(a_service())
    assert (tmp_path / UNIT).read_text() == unit(a_service())
    assert keeper.state() == State(True, True)
    system.refused["is-active"] = ""
    assert keeper.state() == State(True, False)
    keeper.remove()
    assert not list(tmp_path.iterdir())
    assert keeper.state() == State(False, False)
    jobs = [line.split()[2] for line in system.told]
    assert jobs == [
        *("daemon-reload", "enable", "restart"),
        *("is-active", "is-active", "disable", "daemon-reload"),
    ]


def test_what_systemd_does_not_take_leaves_nothing_behind(tmp_path, system):
    system.refused["daemon-reload"] = "Failed to connect to bus"
    with pytest.raises(Problem, match="systemctl says: Failed to connect to bus"):
        Systemd(tmp_path).install(a_service())
    assert not list(tmp_path.iterdir())


def test_where_there_is_no_tool_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="This computer can’t begin the engine by itself"):
        Systemd(tmp_path).install(a_service())


def test_launchd_is_told_and_forgets(tmp_path, system):
    keeper = Launchd(tmp_path / "agents")
    keeper.install(a_service(tmp_path))
    file = tmp_path / "agents" / f"{launchd.LABEL}.plist"
    said = plistlib.loads(file.read_bytes())
    assert said["ProgramArguments"] == [ODD, "engine"]
    assert said["EnvironmentVariables"] == dict(a_service().settings)
    assert said["RunAtLoad"] is True
    assert plist(a_service(tmp_path)) == file.read_bytes()
    assert keeper.state() == State(True, True)
    keeper.remove()
    assert not file.exists()
    assert keeper.state() == State(False, False)
    assert [line.split()[1] for line in system.told] == ["bootstrap", "print", "print", "bootout"]


def test_the_task_scheduler_is_told_and_forgets(tmp_path, system):
    file = tmp_path / "service.json"
    keeper = TaskScheduler(file)
    keeper.install(a_service(tmp_path))
    kept = json.loads(file.read_text("utf-8"))
    assert kept == {
        "settings": dict(a_service().settings),
        "log": str(tmp_path / "service.log"),
    }
    assert keeper.state() == State(True, True)
    keeper.remove()
    assert not file.exists()
    system.refused["/Query"] = "The system cannot find the file specified."
    assert keeper.state() == State(False, False)
    keeper.remove()
    jobs = [line.split()[1] for line in system.told if line.startswith("schtasks")]
    assert jobs == ["/Create", "/Run", "/Query", "/Query", "/End", "/Delete", "/Query", "/Query"]


def test_a_task_is_the_persons_own_and_begins_when_they_log_in():
    root = ElementTree.fromstring(task(a_service(), r"SHOP\ann"))
    space = {"t": task_scheduler._SPACE}
    found = {name: root.findtext(f".//t:{name}", None, space) for name in ("Command", "Arguments")}
    assert found == {"Command": ODD, "Arguments": "engine"}
    assert root.findtext("t:Triggers/t:LogonTrigger/t:UserId", None, space) == r"SHOP\ann"
    assert root.findtext("t:Principals/t:Principal/t:RunLevel", None, space) == "LeastPrivilege"
    assert root.findtext("t:Settings/t:RestartOnFailure/t:Interval", None, space) == "PT1M"


def test_settings_go_along_and_secrets_never(monkeypatch):
    monkeypatch.setenv(PREFIX + "TIME_ZONE", "Europe/Berlin")
    ours = keepers.engine(settings())
    assert ours.settings[PREFIX + "TIME_ZONE"] == "Europe/Berlin"
    assert ours.settings[PREFIX + "DATABASE_URL"] == settings().database_url
    assert list(ours.command) == processes.command("engine")
    for name in ("PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN", "SECRETS_PASSWORD", "SECRET_SHOP"):
        with monkeypatch.context() as one:
            one.setenv(PREFIX + name, SECRET)
            with pytest.raises(Problem, match=f"{PREFIX}{name} is a secret") as told:
                keepers.engine(settings())
            assert SECRET not in str(told.value)


@pytest.mark.parametrize("own", ["/opt/otn/otn-studio", "/media/OTN.AppImage"])
def test_a_packaged_program_is_called_by_its_own_path(monkeypatch, own):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/otn/otn-studio")
    if own.endswith("AppImage"):
        monkeypatch.setenv("APPIMAGE", own)
    assert list(keepers.engine(settings()).command) == [own, "engine"]


class Engine(LocalEngine):
    """One for a Page, that only counts how often it is stopped."""

    def __init__(self, database: Database, practice: bool) -> None:
        super().__init__(database, settings(), "Kicks & Co")
        self.practice = practice
        self.stops = 0

    def stop(self) -> None:
        self.stops += 1


@pytest.fixture
def stored(database):
    opened = Database.open(database)
    yield opened
    opened.close()


def test_an_engine_that_runs_makes_room_for_the_service(stored, tmp_path, system):
    system.refused["is-active"] = ""
    engine = Engine(stored, practice=False)
    kept = EngineAsService(engine, settings(), Systemd(tmp_path))
    assert kept.state().why_not == ""
    kept.install()
    assert engine.stops == 1
    assert kept.state().installed
    kept.remove()
    assert not kept.state().installed
    engine.close()


def test_practice_is_no_service(stored, tmp_path, system):
    engine = Engine(stored, practice=True)
    kept = EngineAsService(engine, settings(), Systemd(tmp_path))
    assert "connect a Page" in kept.state().why_not
    with pytest.raises(Problem, match="connect a Page"):
        kept.install()
    assert engine.stops == 0
    engine.close()


@pytest.fixture
def here(monkeypatch, tmp_path, system):
    """The command, with a system that keeps services in a folder of the test's own."""
    monkeypatch.setattr(keepers, "keeper", lambda: Systemd(tmp_path / "units"))
    return system


def test_the_command_tells_how_it_is_and_refuses_to_keep_practice_running(otn, here):
    code, said, _ = otn("service", "status")
    assert (code, "does not begin by itself" in said) == (0, True)
    code, _, complained = otn("service", "install")
    assert (code, "connect a Page" in complained) == (2, True)
    code, said, _ = otn("service", "remove")
    assert (code, "Your data are where they were" in said) == (0, True)


def test_the_command_keeps_the_engine_of_a_connected_page_running(otn, here, stored, tmp_path):
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        for name in NAMES:
            PageKeys("4711").set(name, SECRET)
        with stored.writing() as connection:
            connections.keep(connection, "4711", Connection("Bakery"))
        code, said, _ = otn("service", "install")
    finally:
        keyring.set_keyring(before)
    assert (code, "begins by itself when you log in" in said) == (0, True)
    written = (tmp_path / "units" / UNIT).read_text()
    assert str(stored.file) in written
    assert SECRET not in written


def test_the_task_scheduler_begins_it_with_what_was_written_down(monkeypatch, tmp_path):
    file = tmp_path / "service.json"
    log = tmp_path / "logs" / "service.log"
    values = {PREFIX + "DATABASE_URL": f"sqlite:///{tmp_path / 'of-service.db'}"}
    file.write_text(json.dumps({"settings": values, "log": str(log)}))
    begun = (
        "import sys; from pathlib import Path; from otn_studio.cli.background import keepers;"
        "keepers.settings_file = lambda: Path(sys.argv[1]);"
        "from otn_studio.cli.main import main; sys.exit(main(['service', 'run']))"
    )
    code = subprocess.run([sys.executable, "-c", begun, str(file)], check=False).returncode
    assert code == 2
    assert "OTN_STUDIO_PAGE_TOKEN is missing" in log.read_text()
    assert (tmp_path / "of-service.db").exists()


def test_a_service_that_is_not_installed_says_so(otn, monkeypatch, tmp_path):
    monkeypatch.setattr(keepers, "settings_file", lambda: tmp_path / "none.json")
    code, _, complained = otn("service", "run")
    assert (code, "not installed" in complained) == (2, True)


def test_its_command_is_among_the_others():
    assert "service" in program.VERBS

"""Windows: a task that begins when its person logs in, and is begun again when it fails.

A service proper would belong to the computer: it needs an administrator, and finds neither the person's
data nor their keyring.
"""

import getpass
import json
import os
import tempfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from otn_studio.cli.background.service import TITLE, Service, State, ask, tell

TASK: Final = "OTN Studio Engine"
_SPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_RUNS: Final = "Running"


class TaskScheduler:
    """Implements `Keeper`. ``settings`` is the file that `otn-studio service run` begins with: a task
    has no environment of its own.
    """

    def __init__(self, settings: Path) -> None:
        self._settings = settings

    def install(self, service: Service) -> None:
        self._settings.parent.mkdir(parents=True, exist_ok=True)
        self._settings.write_text(
            json.dumps({"settings": dict(service.settings), "log": str(service.log)}, indent=2),
            encoding="utf-8",
        )
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(task(service, _account()))
            tell("schtasks", "/Create", "/F", "/TN", TASK, "/XML", str(file))
        tell("schtasks", "/Run", "/TN", TASK)

    def remove(self) -> None:
        if self.state().installed:
            ask("schtasks", "/End", "/TN", TASK)
            tell("schtasks", "/Delete", "/F", "/TN", TASK)
        self._settings.unlink(missing_ok=True)

    def state(self) -> State:
        if ask("schtasks", "/Query", "/TN", TASK) is None:
            return State(installed=False, running=False)
        says = ask("powershell", "-NoProfile", "-Command", f"(Get-ScheduledTask '{TASK}').State")
        return State(True, says == _RUNS)


def task(service: Service, account: str) -> bytes:
    """What the Task Scheduler is told of the service."""
    program, *arguments = service.command
    root = ElementTree.Element("Task", version="1.2", xmlns=_SPACE)
    _put(root, "RegistrationInfo", Description=TITLE)
    trigger = ElementTree.SubElement(ElementTree.SubElement(root, "Triggers"), "LogonTrigger")
    ElementTree.SubElement(trigger, "UserId").text = account
    _put(
        ElementTree.SubElement(root, "Principals"),
        *("Principal",),
        UserId=account,
        LogonType="InteractiveToken",
        RunLevel="LeastPrivilege",
    )
    settings = _put(
        root,
        "Settings",
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        ExecutionTimeLimit="PT0S",
    )
    _put(settings, "RestartOnFailure", Interval="PT1M", Count="999")
    actions = ElementTree.SubElement(root, "Actions")
    _put(actions, "Exec", Command=program, Arguments=_line(arguments))
    return ElementTree.tostring(root, encoding="utf-16", xml_declaration=True)


def _put(parent: ElementTree.Element, name: str, **texts: str) -> ElementTree.Element:
    """Something with texts inside, in their order."""
    made = ElementTree.SubElement(parent, name)
    for inner, text in texts.items():
        ElementTree.SubElement(made, inner).text = text
    return made


def _line(arguments: list[str]) -> str:
    return " ".join(f'"{part}"' if " " in part else part for part in arguments)


def _account() -> str:
    return f"{os.environ.get('USERDOMAIN', '.')}\\{getpass.getuser()}"

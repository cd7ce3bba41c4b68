"""Linux: a unit of systemd, of the person's own account."""

from pathlib import Path
from string import Template
from typing import Final

from platformdirs import user_config_path

from otn_studio.cli.background.service import NAME, TITLE, Service, State, ask, tell

UNIT: Final = f"{NAME}.service"
_UNIT: Final = Template("""\
[Unit]
Description=$title
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=$command
$settings
Restart=on-failure
RestartSec=10
TimeoutStopSec=60
UMask=0077
LockPersonality=yes
NoNewPrivileges=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes

[Install]
WantedBy=default.target
""")
"""It is tried again for ever: the keyring with the Page's secrets may be locked until somebody logs in.
Stopped by hand it stays so until the next start of the computer."""


class Systemd:
    """Implements `Keeper`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or user_config_path("systemd") / "user") / UNIT

    def install(self, service: Service) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(unit(service), encoding="utf-8")
        try:
            tell("systemctl", "--user", "daemon-reload")
            tell("systemctl", "--user", "enable", UNIT)
            tell("systemctl", "--user", "restart", UNIT)
        except Exception:
            self._file.unlink()
            raise

    def remove(self) -> None:
        if not self._file.exists():
            return
        tell("systemctl", "--user", "disable", "--now", UNIT)
        self._file.unlink()
        tell("systemctl", "--user", "daemon-reload")

    def state(self) -> State:
        if not self._file.exists():
            return State(installed=False, running=False)
        return State(True, ask("systemctl", "--user", "is-active", UNIT) is not None)


def unit(service: Service) -> str:
    """What systemd is told of the service."""
    return _UNIT.substitute(
        title=TITLE,
        command=" ".join(_quoted(part).replace("$", "$$") for part in service.command),
        settings="\n".join(
            f"Environment={_quoted(f'{name}={value}')}" for name, value in service.settings.items()
        ),
    )


def _quoted(part: str) -> str:
    """As systemd reads it: nothing in it means anything but itself."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'

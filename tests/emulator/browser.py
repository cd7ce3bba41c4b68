"""A real browser without a window, driven over its own debugging protocol through two pipes."""

import base64
import itertools
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--mute-audio",
)
PATIENCE = 20_000
"""Milliseconds that the page is given for what is waited for."""


def found() -> str | None:
    """The browser of this computer, if there is one, and a way to give it two pipes."""
    if sys.platform == "win32":
        return None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page of one browser."""

    def __init__(self, folder: Path) -> None:
        self._read, self._write, self._process = _start(folder)
        self._numbers, self._rest = itertools.count(1), b""
        self.complaints: list[str] = []
        """What the page's own console has complained of."""
        pages = self._call("Target.getTargets")["targetInfos"]
        target = next(page["targetId"] for page in pages if page["type"] == "page")
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._write)
        os.kill(self._process, signal.SIGTERM)
        os.waitpid(self._process, 0)
        os.close(self._read)

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def look(self, width: int = 1280, height: int = 800, *, dark: bool = False) -> None:
        """How large the window is, and whether the system is dark."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1}
        self.call("Emulation.setDeviceMetricsOverride", **size, mobile=width < 700)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str) -> Any:
        """What a script of the page gives; a promise is waited for."""
        how = {"awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = self.call("Runtime.evaluate", expression=script, **how)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until an expression of the page is true."""
        assert self.run(
            f"""new Promise((done) => {{
                const ends = performance.now() + {PATIENCE};
                const look = () => {{
                    const is_so = Boolean((() => {{ try {{ return {condition}; }} catch {{ }} }})());
                    if (is_so || performance.now() > ends) done(is_so); else setTimeout(look, 20);
                }};
                look();
            }})"""
        ), f"it never came to be that {condition}"

    def click(self, text: str) -> None:
        """Press the last button that says so, with the mouse, where it is."""
        find = f"""[...document.querySelectorAll("button:enabled")].filter((one) =>
            (one.innerText.trim() || one.title) === {json.dumps(text)} && one.offsetParent).at(-1)"""
        self.wait_for(find)
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        x, y = self.run(
            f"""(() => {{ const one = {find}; one.scrollIntoView({{block: "nearest"}});
                const at = one.getBoundingClientRect();
                return [at.x + at.width / 2, at.y + at.height / 2]; }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            how = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", **how)

    def type(self, field: str, text: str) -> None:
        """Write into the field of that selector, and press Enter."""
        found = f"document.querySelector({json.dumps(field)})"
        self.wait_for(f"{found}.offsetParent")
        self.run(f"{found}.focus()")
        self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
            self.call("Input.dispatchKeyEvent", type=kind, **key)

    def picture(self, path: Path) -> None:
        """What the page looks like now."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One call about the page."""
        return self._call(method, self._session, **params)

    def _call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        call = {"id": next(self._numbers), "method": method, "params": params}
        if session:
            call["sessionId"] = session
        os.write(self._write, json.dumps(call).encode() + b"\0")
        while (answer := self._next()).get("id") != call["id"]:
            self._note(answer)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._read, 1 << 20)
            assert part, "the browser has gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def _note(self, event: dict[str, Any]) -> None:
        match event:
            case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                self.complaints.append(str(details))
            case {"method": "Log.entryAdded", "params": {"entry": {"level": "error"} as entry}}:
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")


def _start(folder: Path) -> tuple[int, int, int]:
    """The ends of two pipes, to read and to write, and the browser's process.

    The browser wants the other ends as 3 and 4; so ours are first put where they are in nobody's way.
    """
    import fcntl  # not on Windows

    low = (*os.pipe(), *os.pipe())
    to_browser, write, read, from_browser = (
        fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low
    )
    for end in low:
        os.close(end)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [found(), *FLAGS, *root, f"--user-data-dir={folder}", "about:blank"]
    process = os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, to_browser, 3),
            (os.POSIX_SPAWN_DUP2, from_browser, 4),
        ],
    )
    os.close(to_browser)
    os.close(from_browser)
    return read, write, process

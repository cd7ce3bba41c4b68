"""Playing the people of a running emulator from Python, over its control API."""

import time
from datetime import datetime, timedelta

import requests

_PATIENCE = 30.0


class EmulatorProblem(Exception):
    """The emulator could not do what it was asked; the message is its own sentence."""


class EmulatorClient:
    """One running emulator. Not to be shared between threads."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/") + "/emulator"
        self._session = requests.Session()
        self._session.trust_env = False

    def now(self) -> datetime:
        """The emulated instant."""
        return _instant(self.get("/clock"))

    def advance(self, by: timedelta | str) -> datetime:
        """Let time pass, by a length of time or words such as ``"3 days"``."""
        by = by.total_seconds() if isinstance(by, timedelta) else by
        return _instant(self.post("/clock", {"advance": by}))

    def move_to(self, instant: datetime) -> datetime:
        """Put the clock at an instant."""
        return _instant(self.post("/clock", {"now": instant.isoformat()}))

    def subscribe(self, url: str, verify_token: str) -> None:
        """Send the webhooks to ``url``, if it passes the verification."""
        self.post("/webhook", {"url": url, "verify_token": verify_token})

    def unsubscribe(self) -> None:
        """Stop the webhooks as Messenger does after an hour of failures.

        What waits and what happens from now on is lost, until the app posts to ``subscribed_apps``.
        """
        self.post("/unsubscribe", {})

    def faults(self, **changes: float | list) -> dict:
        """Change the plan of faults, if anything is given. Returns the plan and what was dealt.

        `otn_studio.emulator.faults.Plan` has the figures; a ``script`` sets them call by call.
        """
        return self.post("/faults", changes) if changes else self.get("/faults")

    def rules(self, **changes: str | list) -> dict:
        """Change the Page's ``profile``, ``time_zone``, ``country`` or ``budgets``, if anything is
        given. Returns the rules.
        """
        return self.post("/rules", changes) if changes else self.get("/rules")

    def habits(self, **changes: str) -> dict:
        """Change what Messenger leaves open, if anything is given. Returns all of it.

        `otn_studio.emulator.habits.Habits` has them.
        """
        return self.post("/habits", changes) if changes else self.get("/habits")

    def add_person(self, name: str, **more: str | float) -> "PersonClient":
        """Let somebody come into the world, with a ``locale`` and a ``timezone`` if they are given."""
        return self.person(self.post("/people", {"name": name, **more})["id"])

    def enforce(self, action: str) -> list[dict]:
        """Let Messenger ``block`` the Page, or ``unblock`` it."""
        return self.post("/enforcement", {"action": action})["events"]

    def person(self, psid: str) -> "PersonClient":
        """Somebody who is there already."""
        return PersonClient(self, psid)

    def people(self) -> list[dict]:
        """Everybody, with ``id`` and ``name``."""
        return self.get("/people")["people"]

    def ledger(self) -> dict:
        """The accepted ``sends`` in order, the cards by which Messenger itself has ``asked_again``,
        and how many calls were ``refused`` by code.
        """
        return self.get("/ledger")

    def waiting(self) -> int:
        """How many webhooks were not answered yet."""
        return self.get("/idle")["waiting"]

    def wait_until_idle(self, timeout: float = 10.0) -> None:
        """Wait until every webhook was answered, for at most ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        while waiting := self.waiting():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{waiting} webhooks were not answered in {timeout:g} s.")
            time.sleep(0.01)

    def get(self, path: str) -> dict:
        """Ask the control API."""
        return _answer(self._session.get(self._base + path, timeout=_PATIENCE))

    def post(self, path: str, body: dict) -> dict:
        """Tell the control API to do something."""
        return _answer(self._session.post(self._base + path, json=body, timeout=_PATIENCE))

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


class PersonClient:
    """One person of a running emulator. Every act returns the webhook events that it caused."""

    def __init__(self, emulator: EmulatorClient, psid: str) -> None:
        self.id = psid
        self._emulator = emulator

    def phone(self) -> list[dict]:
        """What was received and done, in order."""
        return self._phone()["entries"]

    def sees_typing(self) -> bool:
        """Whether the Page's typing sign shows."""
        return self._phone()["typing"]

    def lasting(self) -> list[dict]:
        """The recurring topics that they said yes to and that have not ended, with ``title`` and
        whether they are ``stopped``.
        """
        return self._phone()["lasting"]

    def choices(self) -> list[str]:
        """What the Page's menu and its questions offer to tap."""
        return self._phone()["choices"]

    def write(self, text: str) -> list[dict]:
        """Write words to the Page."""
        return self._do("write", text=text)

    def comment(self, text: str, post: str = "1") -> list[dict]:
        """Write below a post of the Page."""
        return self._do("comment", text=text, post=post)

    def tap(self, title: str) -> list[dict]:
        """Tap a quick reply or a button by its title or payload."""
        return self._do("tap", title=title)

    def notify_me(self, index: int | None = None) -> list[dict]:
        """Tap the newest opt-in card that was not tapped, or the one of that number.

        One-time and recurring cards are counted together.
        """
        return self._do("notify-me", index=index)

    def go_on(self, index: int | None = None) -> list[dict]:
        """Tap *Continue messages* on a re-opt-in card, chosen likewise."""
        return self._do("continue", index=index)

    def stop(self, title: str) -> list[dict]:
        """Stop the messages of the recurring topic with that title."""
        return self._do("stop", title=title)

    def resume(self, title: str) -> list[dict]:
        """Let the messages of a stopped topic come again."""
        return self._do("resume", title=title)

    def get_started(self) -> list[dict]:
        """Press *Get Started*."""
        return self._do("get-started")

    def choose(self, title: str) -> list[dict]:
        """Tap an entry of the Page's menu, or one of its questions."""
        return self._do("choose", title=title)

    def open_link(self, ref: str) -> list[dict]:
        """Open an m.me link."""
        return self._do("open-link", ref=ref)

    def react(self, reaction: str = "love") -> list[dict]:
        """React to the Page's newest message."""
        return self._do("react", reaction=reaction)

    def attach(self, url: str, medium: str = "image") -> list[dict]:
        """Send a picture, or a ``video``, an ``audio`` or a ``file``."""
        return self._do("attach", url=url, medium=medium)

    def read(self) -> list[dict]:
        """Look at what the Page has written."""
        return self._do("read")

    def block(self) -> list[dict]:
        """Block the Page."""
        return self._do("block")

    def unblock(self) -> list[dict]:
        """Let the Page write again."""
        return self._do("unblock")

    def take_over(self) -> list[dict]:
        """Let a colleague take the conversation into the Page's inbox."""
        return self._do("take-over")

    def ask_for(self) -> list[dict]:
        """Let a colleague ask the bot for the conversation."""
        return self._do("ask-for")

    def answer_by_hand(self, text: str) -> list[dict]:
        """Let a colleague write from the Page's inbox."""
        return self._do("answer-by-hand", text=text)

    def give_back(self) -> list[dict]:
        """Let the colleague who leads the conversation mark it as done."""
        return self._do("give-back")

    def _phone(self) -> dict:
        return self._emulator.get(f"/people/{self.id}/phone")

    def _do(self, act: str, **what: str | int | None) -> list[dict]:
        return self._emulator.post(f"/people/{self.id}/{act}", what)["events"]


def _instant(clock: dict) -> datetime:
    return datetime.fromisoformat(clock["now"])


def _answer(response: requests.Response) -> dict:
    if response.status_code == 400:
        raise EmulatorProblem(response.json()["problem"])
    response.raise_for_status()
    return response.json()

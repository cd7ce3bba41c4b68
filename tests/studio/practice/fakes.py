"""A practice in memory, with a flow that always answers the same, and troubles on demand."""

import threading
from datetime import UTC, datetime, timedelta

from otn_studio.blocks.words import Problem
from otn_studio.studio.services.services import Chat, Lasting

CARDS = ("opt_in_card", "recurring_card")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class FakePractice:
    """One person and a Page. ``hold`` lets every call wait, ``troubles`` fail by their names."""

    def __init__(self) -> None:
        self.now = NINE
        self.entries: list[dict] = []
        self.lasting: dict[str, bool] = {}
        self.people: list[str] = []
        self.choices: tuple[str, ...] = ()
        self.name = "Ann"
        self.typing = False
        self.looks = 0
        self.calls: list[str] = []
        self.troubles: dict[str, Exception] = {}
        self.threads: set[int] = set()
        self.most_at_once = 0
        self._at_once = 0
        self._free = threading.Event()
        self._free.set()

    def hold(self) -> None:
        self._free.clear()

    def let_go(self) -> None:
        self._free.set()

    def look(self) -> Chat:
        self.looks += 1
        return self._do("look", self._chat)

    def write(self, text: str) -> None:
        def answer() -> None:
            self._add("person", "text", text=text, id="w")
            self._add(
                "page", "quick_replies", text="Which size?", quick_replies=["41", "42"], id="q"
            )

        self._do(f"write {text}", answer)

    def comment(self, text: str) -> None:
        def answer() -> None:
            self._add("person", "comment", text=text, post="1_1", id="k")
            self._add("page", "text", text="Thanks for the comment", id="h")

        self._do(f"comment {text}", answer)

    def choose(self, title: str) -> None:
        def answer() -> None:
            self._add("person", "tap", title=title, on="menu", id="m")
            self._add("page", "text", text=f"You chose {title}", id="y")

        self._do(f"choose {title}", answer)

    def tap(self, title: str) -> None:
        def answer() -> None:
            self._add("person", "tap", title=title, on="quick_reply", id="t")
            self.ask(f"Size {title}")

        self._do(f"tap {title}", answer)

    def notify_me(self, card: int) -> None:
        def answer() -> None:
            tapped = [entry for entry in self.entries if entry["kind"] in CARDS][card]
            if tapped["tapped"]:
                raise Problem(f"Opt-in card {card} was tapped already.")
            tapped["tapped"] = True
            if tapped["kind"] == "recurring_card":
                self.lasting[tapped["title"]] = False
            on, button = tapped["kind"], tapped.get("button", "Notify Me")
            self._add("person", "tap", title=button, on=on, card=tapped["title"])

        self._do(f"notify_me {card}", answer)

    def go_on(self, card: int) -> None:
        def answer() -> None:
            asked = [entry for entry in self.entries if entry["kind"] == "reoptin_card"][card]
            asked["tapped"] = True
            self._add(
                "person", "tap", title=asked["button"], on="reoptin_card", card=asked["title"]
            )

        self._do(f"go_on {card}", answer)

    def stop(self, title: str) -> None:
        self._do(f"stop {title}", lambda: self._switch("stop", title))

    def resume(self, title: str) -> None:
        self._do(f"resume {title}", lambda: self._switch("resume", title))

    def pass_time(self, days: float) -> None:
        def move() -> None:
            self.now += timedelta(days=days)

        self._do(f"pass_time {days}", move)

    def begin_anew(self, name: str) -> None:
        def meet() -> None:
            self.people.append(name)
            self.name = name
            self.entries.clear()

        self._do("begin_anew", meet)

    def ask(self, title: str, topic: str = "Blue sneakers") -> None:
        """The Page asks for permission."""
        self._add("page", "opt_in_card", title=title, topic=topic, tapped=False, id="c")

    def ask_weekly(self, title: str, topic: str = "Weekly deals") -> None:
        """The Page asks for a lasting permission."""
        card = {"title": title, "topic": topic, "button": "Get updates", "tapped": False}
        self._add("page", "recurring_card", id="r", **card)

    def ask_again(self, title: str) -> None:
        """Messenger asks whether it shall go on."""
        self._add(
            "page", "reoptin_card", title=title, button="Continue messages", tapped=False, id="a"
        )

    def receive(self, text: str) -> None:
        """The Page writes by itself, when a wait is over."""
        self._add("page", "text", text=text, id="p")

    def end(self, title: str) -> None:
        """A lasting permission is over."""
        del self.lasting[title]

    def _chat(self) -> Chat:
        lasting = tuple(Lasting(*one) for one in self.lasting.items())
        entries = tuple(map(dict, self.entries))
        more = {"choices": self.choices, "typing": self.typing}
        return Chat(entries, self.now, self.name, lasting, **more)

    def _switch(self, word: str, title: str) -> None:
        self.lasting[title] = word == "stop"
        self._add("person", word, title=title)

    def _add(self, sender: str, kind: str, **fields: object) -> None:
        at = self.now.isoformat()
        self.entries.append(
            {"at": at, "from": sender, "kind": kind, "by_permission": False, **fields}
        )

    def _do(self, call: str, work):
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self.threads.add(threading.get_ident())
            if call != "look":
                self.calls.append(call)
            self._free.wait(5)
            if (trouble := self.troubles.get(call.split()[0])) is not None:
                raise trouble
            return work()
        finally:
            self._at_once -= 1

"""What a bot of Typebot does besides talking, each as the blocks that do the same."""

from collections.abc import Callable, Mapping
from typing import Final

from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import NEXT
from otn_studio.blocks.block import Block as OurBlock
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_dict, as_list, as_text
from otn_studio.exchange.report import Report
from otn_studio.exchange.typebot.bot import Block, Bot, Item
from otn_studio.exchange.typebot.comparing import OPERATORS, pattern
from otn_studio.exchange.typebot.outside import ENDS, email, request
from otn_studio.exchange.typebot.texts import Texts

VALUES: Final[Mapping[str, str]] = {
    "Empty": "",
    "Now": "{{ now }}",
    "Today": "{{ today }}",
    "Tomorrow": "{{ today | plus_days: 1 }}",
    "Yesterday": "{{ today | plus_days: -1 }}",
    "Contact name": "{{ contact.name }}",
}
NOT_HERE = Words("There is nothing like it here. A note stands in its place, which does nothing.")
Lead = Callable[[tuple[str, str], str], None]


def waits(block: Block) -> int:
    """For how many seconds; 1 where it does not say so in a number."""
    given = block.text("secondsToWaitFor").strip()
    return max(1, int(given)) if _is_count(given) else 1


def tell_filled_in(block: Block, notes: list[Words]) -> None:
    """Say that nobody knows how long it waits, where that is so."""
    given = block.text("secondsToWaitFor").strip()
    if given and not _is_count(given):
        notes.append(
            Words("How long is no number there that is known before; here it is a second.")
        )


def _is_count(given: str) -> bool:
    return given.isascii() and given.isdigit() and len(given) < 8


class Logic:
    """``lead`` connects a way out with an edge; ``go_on`` with what follows a block."""

    def __init__(
        self,
        bot: Bot,
        making: Making,
        texts: Texts,
        report: Report,
        lead: Lead,
        go_on: Callable[[tuple[str, str], Block], None],
    ) -> None:
        self._bot = bot
        self._making = making
        self._texts = texts
        self._report = report
        self._lead = lead
        self._go_on = go_on

    def make(self, block: Block, notes: list[Words]) -> bool:
        """Make it; answers whether there is something like it here."""
        make: Mapping[str, Callable[[Block, list[Words]], bool]] = {
            "Set variable": self._set,
            "Condition": self._condition,
            "Redirect": self._redirect,
            "Wait": self._wait,
            "Jump": self._jump,
            "Typebot link": self._link,
            "AB test": self._split,
            "Webhook": lambda block, notes: self._one(
                request(block, self._texts, notes), block, *ENDS
            ),
            "Email": lambda block, notes: self._one(email(block, self._texts, notes), block),
        }
        if block.type in make and make[block.type](block, notes):
            return True
        self._only(Note(text=f"Typebot: {block.type}"[:200]), block)
        return False

    def _only(self, made: OurBlock, block: Block, *ports: str) -> str:
        """One block, with the ways out by which it goes on."""
        id = self._making.add(made, block.type)
        self._making.enter(block.id, id)
        for port in ports or (NEXT.id,):
            self._go_on((id, port), block)
        return id

    def _one(self, made: OurBlock | None, block: Block, *ports: str) -> bool:
        if made is not None:
            self._only(made, block, *ports)
        return made is not None

    def _set(self, block: Block, notes: list[Words]) -> bool:
        field = self._texts.variable(block.options.get("variableId"))
        kind = block.text("type") or "Custom"
        value: str | None = VALUES.get(kind)
        if kind == "Custom":
            is_code = bool(block.options.get("isCode"))
            value = self._texts.value(block.text("expressionToEvaluate"), is_code, notes)
        if value is None or not field:
            return False
        self._only(SetField(field=field, value=value), block)
        return True

    def _condition(self, block: Block, notes: list[Words]) -> bool:
        """One after the other; where none holds, the conversation goes on."""
        open_ways: list[tuple[str, str]] = []
        for item in block.items:
            content = as_dict(item.values.get("content"), f"{item.where}/content")
            tests = self._tests(item, content, notes)
            if tests is None:
                continue
            any_of = as_text(content.get("logicalOperator")) == "OR"
            open_ways = self._chain(tests, any_of, block, item, open_ways)
        for way in open_ways:
            self._go_on(way, block)
        self._making.pass_on(block.id, self._bot.edges.get(block.edge, "") or block.next)
        return True

    def _tests(
        self, item: Item, content: dict, notes: list[Words]
    ) -> list[tuple[FieldTest, bool]] | None:
        """Nothing: its way is never gone."""
        where = f"{item.where}/content/comparisons"
        tests: list[tuple[FieldTest, bool]] = []
        for number, entry in enumerate(as_list(content.get("comparisons"), where)):
            given = as_dict(entry, f"{where}/{number}")
            field = self._texts.variable(given.get("variableId"))
            name = as_text(given.get("comparisonOperator"))
            if not field or name not in OPERATORS:
                self._report.lost(
                    Words("comparison"),
                    name,
                    f"{where}/{number}",
                    Words("There is no such comparison here, so this way is never gone."),
                    self._making.id,
                )
                return None
            operator, holds = OPERATORS[name]
            value = self._texts.ours(as_text(given.get("value")), [])
            if operator is Operator.HAS_PATTERN:
                value = pattern(name, value, notes)
            tests.append((FieldTest(field=field, operator=operator, value=value), holds))
        return tests or None

    def _chain(
        self,
        tests: list[tuple[FieldTest, bool]],
        any_of: bool,
        block: Block,
        item: Item,
        open_ways: list[tuple[str, str]],
    ) -> list[tuple[str, str]]:
        """A block for all tests, or, where one must not hold, one for each; the ways that fail."""
        if all(holds for _, holds in tests):
            every = [test for test, _ in tests]
            steps = [(Condition(match="any" if any_of else "all", tests=every), True)]
        else:
            steps = [(Condition(tests=[test]), holds) for test, holds in tests]
        failing: list[tuple[str, str]] = []
        for number, (condition, holds) in enumerate(steps, start=1):
            id = self._making.add(condition, block.type)
            self._making.enter(block.id, id)
            for way in open_ways:
                self._making.connect(way, id)
            yes, no = ("yes", "no") if holds else ("no", "yes")
            if any_of or number == len(steps):
                self._lead((id, yes), item.edge)
            open_ways = [(id, no if any_of else yes)]
            failing += [] if any_of else [(id, no)]
        return open_ways if any_of else failing

    def _redirect(self, block: Block, notes: list[Words]) -> bool:
        notes.append(Words("Nobody is led away by themselves: the address is sent to them."))
        url = self._texts.ours(block.text("url"), notes)
        self._only(SendMessage(elements=[Text(id="link", text=url)]), block)
        return True

    def _wait(self, block: Block, notes: list[Words]) -> bool:
        minutes = -(-waits(block) // 60)
        if waits(block) % 60:
            notes.append(Words("It waits for whole minutes."))
        self._only(Wait(for_=Duration(minutes, "minute")), block)
        return True

    def _jump(self, block: Block, notes: list[Words]) -> bool:
        to = block.text("blockId")
        target = to if to in self._bot.blocks else self._bot.first_of(block.text("groupId"))
        self._making.pass_on(block.id, target)
        return True

    def _link(self, block: Block, notes: list[Words]) -> bool:
        if block.text("typebotId") == "current":
            return self._jump(block, notes)
        notes.append(Words("The other flow is not in this file. Choose which one it goes to."))
        self._only(GoToFlow(), block)
        return True

    def _split(self, block: Block, notes: list[Words]) -> bool:
        percent = block.options.get("aPercent")
        share = percent if type(percent) is int and 0 <= percent <= 100 else 50
        weights = {"a": share, "b": 100 - share}
        given = [i for i in block.items if as_text(i.values.get("path")) in weights]
        paths = {as_text(item.values.get("path")): item for item in given}
        ways = [Way(id=f"way-{p}", name=p.upper(), weight=weights[p]) for p in paths]
        if not ways:
            return False
        id = self._making.add(RandomSplit(ways=ways), block.type)
        self._making.enter(block.id, id)
        for path, item in paths.items():
            if item.edge:
                self._lead((id, f"way-{path}"), item.edge)
            else:
                self._go_on((id, f"way-{path}"), block)
        return True

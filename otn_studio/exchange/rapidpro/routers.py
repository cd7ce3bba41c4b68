"""Splits of RapidPro as waits for an answer, conditions and random splits."""

from itertools import groupby
from typing import Final

from otn_studio.blocks.actions.http_request import SUCCESS, HttpRequest
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import NEXT
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.logic.wait_for_answer import NO_ANSWER, WaitForAnswer
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain, Label
from otn_studio.exchange.rapidpro.cases import NO_SUCH_TEST, Tests, tests_of
from otn_studio.exchange.rapidpro.excellent import Broken, Path, parsed, pieces
from otn_studio.exchange.rapidpro.naming import Aspect, snake
from otn_studio.exchange.rapidpro.sheet import Sheet, node
from otn_studio.exchange.rapidpro.ways import (
    EXPIRED,
    LONGEST_WAIT,
    asks_for_category,
    expired,
    part_id,
    time_of,
    together,
)
from otn_studio.exchange.source import Part

SPLIT: Final = Words("Split")
CASE: Final = Words("Test")
CATEGORY: Final = Words("Category")
WAIT: Final = Words("Wait for an answer")
STATUS: Final = (("child", "status"), ("child", "run", "status"))
GROUPS: Final = ("contact", "groups")


class Router:
    """One split while it is drawn."""

    def __init__(self, sheet: Sheet, chain: Chain, source: Part) -> None:
        self.sheet, self.chain, self.node = sheet, chain, source
        self.router = source.part("router")
        self.exits = {exit.text("uuid"): exit for exit in source.parts("exits")}
        self.categories = {part.text("uuid"): part for part in self.router.parts("categories")}
        self.result = self.router.text("result_name")

    def draw(self) -> None:
        """Draw the split and what follows it."""
        if self.router.text("type") == "random":
            self._random()
        else:
            self._switch()
        known = ("type", "wait", "result_name", "categories", "operand", "cases")
        self.sheet.leftover(self.router, *known, "default_category_uuid")
        for uuid, category in self.categories.items():
            self._category(uuid, category)

    def _switch(self) -> None:
        entered, called = self._block(GoToFlow), self._block(HttpRequest)
        path = self._path()
        if entered is not None and path in STATUS and "wait" not in self.router:
            self._by_status(entered)
        elif called is not None and self._is_about_call(path) and "wait" not in self.router:
            self._by_success(called)
        else:
            self._by_tests(path)

    # Waiting, and keeping the result

    def _by_tests(self, path: tuple[str, ...] | None) -> None:
        key = self._heard() if "wait" in self.router else None
        operand, why = self.router.text("operand"), None
        is_answer = path is not None and path[:1] == ("input",) and path[1:2] != ("attachments",)
        if path == GROUPS:
            key = ""
        elif key is None or not is_answer:
            key, why = self._looked_at(path, operand)
        if self.result and not ("wait" in self.router and is_answer):
            value = "" if path == GROUPS else f"{{{{ contact.{key} }}}}"
            self._keep(self.chain, Aspect.VALUE, value)
        self.sheet.made(SPLIT, self.result or operand, self.router.where, why)
        self._conditions(key)

    def _heard(self) -> str:
        """Wait for an answer; the field that keeps it."""
        sheet, wait = self.sheet, self.router.part("wait")
        timeout = wait.part("timeout")
        minutes = sheet.source.number("expire_after_minutes") or LONGEST_WAIT
        key = sheet.names.result(sheet.uuid, snake(self.result)) if self.result else None
        answer = sheet.names.answer()
        block = self.chain.then(
            WaitForAnswer(time=time_of(timeout, minutes), field=sheet.use(key or answer))
        )
        late = timeout.text("category_uuid")
        to = self._landing(late) if late else expired(sheet)
        sheet.drawing.lead(block, NO_ANSWER.id, to)
        if key and sheet.names.reads_input:
            value = f"{{{{ contact.{key} }}}}"
            self.chain.then(SetField(field=sheet.use(answer), value=value))
        why = None
        if wait.text("type") not in ("msg", ""):
            why = Words("Here it waits for whatever the person writes or sends.")
        sheet.made(WAIT, self.result, wait.where, why)
        sheet.leftover(wait, "type", "timeout")
        return key or answer

    def _looked_at(self, path: tuple[str, ...] | None, operand: str) -> tuple[str, Words | None]:
        """The field that the tests look at, and what to know of it."""
        found = self.sheet.find(path) if path else None
        if found and found.startswith("contact."):
            return found.removeprefix("contact."), None
        text, why = self.sheet.liquid(operand)
        key = self.sheet.use(self.sheet.names.scratch())
        self.chain.then(SetField(field=key, value=text))
        return key, why

    def _keep(self, chain: Chain, aspect: str, value: str) -> None:
        sheet = self.sheet
        key = sheet.names.result(sheet.uuid, snake(self.result), aspect)
        chain.then(SetField(field=sheet.use(key), value=value))

    # The ways that people go

    def _conditions(self, key: str) -> None:
        cases = self.router.parts("cases")
        for uuid, of_category in groupby(cases, lambda case: case.text("category_uuid")):
            made = [tests for case in of_category for tests in self._tests(case, key)]
            for match, tests in together(made):
                condition = Condition(title=self._name(uuid), match=match, tests=tests)
                block = self.chain.then(condition, "no")
                self.sheet.drawing.lead(block, "yes", self._landing(uuid))
        if default := self.router.text("default_category_uuid"):
            self.chain.go_to(self._landing(default))

    def _tests(self, case: Part, key: str) -> list[Tests]:
        tests = tests_of(self.sheet, case, key)
        said = " ".join((case.text("type"), *case.texts("arguments")[-1:]))
        if tests:
            self.sheet.made(CASE, said, case.where, tests[0].why)
        else:
            self.sheet.lost(CASE, said, case.where, NO_SUCH_TEST)
        self.sheet.leftover(case, "uuid", "type", "arguments", "category_uuid")
        for _, texts in self.sheet.localized(case.text("uuid")):
            why = Words("One test looks for the words of all languages here.")
            self.sheet.made(CASE, " ".join(texts.texts("arguments")), texts.where, why)
        return tests

    def _by_status(self, entered: str) -> None:
        """By how the other flow has ended."""
        drawing, ways = self.sheet.drawing, self._by_argument()
        default = self.router.text("default_category_uuid")
        if EXPIRED in ways:
            block = drawing.blocks[entered]
            results = (Result(id=EXPIRED, name=EXPIRED),)
            drawing.change(entered, block.model_copy(update={"results": results}))
            drawing.lead(entered, EXPIRED, self._landing(ways[EXPIRED]))
        self.chain.go_to(self._landing(ways.get("completed", default)))
        self.sheet.made(SPLIT, self.router.text("operand"), self.router.where)
        for case in self.router.parts("cases"):
            said = case.texts("arguments")[:1]
            if said and said[0] in ("completed", EXPIRED):
                self.sheet.made(CASE, said[0], case.where)
            else:
                self.sheet.lost(CASE, " ".join(said), case.where, NO_SUCH_TEST)

    def _by_success(self, called: str) -> None:
        """By what the other program answered."""
        ways = self._by_argument()
        default = self.router.text("default_category_uuid")
        well = ways.get("success") or next(iter(ways.values()), default)
        badly = ways.get("failure", default)
        drawing = self.sheet.drawing
        self.chain.only(called, SUCCESS.id)
        self.chain.go_to(self._landing(well))
        for port in ("failure", "no_answer"):
            drawing.lead(called, port, self._landing(badly))
        self.sheet.made(SPLIT, self.router.text("operand"), self.router.where)
        for case in self.router.parts("cases"):
            self.sheet.made(CASE, " ".join(case.texts("arguments")), case.where)

    def _random(self) -> None:
        ways = [
            Way(id=f"way-{part_id(uuid)}", name=part.text("name")[:40])
            for uuid, part in self.categories.items()
        ]
        block = self.chain.then(RandomSplit(ways=tuple(ways)), ways[0].id if ways else NEXT.id)
        for uuid in self.categories:
            self.sheet.drawing.lead(block, f"way-{part_id(uuid)}", self._landing(uuid))
        why = Words("Whoever comes back goes the same way again here.")
        self.sheet.made(SPLIT, self.result, self.router.where, why)

    # What a category leads to

    def _landing(self, category: str) -> Label:
        return ("category", f"{self.node.text('uuid')} {category}")

    def _category(self, uuid: str, category: Part) -> None:
        sheet, exit = self.sheet, self.exits.get(category.text("exit_uuid"))
        chain = Chain(sheet.drawing, self._landing(uuid))
        name = category.text("name")
        if self.result and (snake(self.result), Aspect.CATEGORY) in sheet.names.read:
            self._keep(chain, Aspect.CATEGORY, name)
        if exit is not None and (to := exit.text("destination_uuid")):
            chain.go_to(node(to))
        sheet.made(CATEGORY, name, category.where)
        sheet.leftover(category, "uuid", "name", "exit_uuid")
        for language, texts in sheet.localized(uuid):
            sheet.lost(
                CATEGORY, f"{name} ({language})", texts.where, Words("People never see its name.")
            )

    def _name(self, category: str) -> str:
        return self.categories[category].text("name") if category in self.categories else ""

    def _by_argument(self) -> dict[str, str]:
        """The categories by what their cases compare with."""
        return {
            case.texts("arguments")[0].lower(): case.text("category_uuid")
            for case in self.router.parts("cases")
            if case.texts("arguments")
        }

    def _block(self, kind: type) -> str | None:
        """The block before, if it is of that type."""
        last = self.chain.last
        return last if isinstance(self.sheet.drawing.blocks.get(last), kind) else None

    def _path(self) -> tuple[str, ...] | None:
        """What is looked at, where that is one thing to know."""
        match list(pieces(self.router.text("operand"))):
            case [("@", expression)]:
                try:
                    tree = parsed(expression)
                except Broken:
                    return None
                steps = tree.steps if isinstance(tree, Path) else None
                category = ("category",) if steps and asks_for_category(self.router) else ()
                return (*steps, *category) if steps else None
        return None

    def _is_about_call(self, path: tuple[str, ...] | None) -> bool:
        """Whether it asks whether the call of this node went well."""
        calls = [a.text("result_name") for a in self.node.parts("actions") if "url" in a]
        match path:
            case ("results", name, *_):
                return name in {snake(call) for call in calls}
            case ("webhook", "status"):
                return self.sheet.names_webhook_parts
        return False

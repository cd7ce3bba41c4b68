"""A flow of RapidPro as one of ours."""

from collections.abc import Iterator, Set
from typing import Any, Final

from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import Start
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain, Drawing
from otn_studio.exchange.rapidpro import actions, naming
from otn_studio.exchange.rapidpro.naming import snake
from otn_studio.exchange.rapidpro.routers import Router
from otn_studio.exchange.rapidpro.sheet import DETAIL, Container, Sheet, node
from otn_studio.exchange.rapidpro.ways import asks_for_category
from otn_studio.exchange.source import Part
from otn_studio.flow.document import Flow

FLOW, STEP, EXIT, NOTE = Words("Flow"), Words("Step"), Words("Way out"), Words("Note")
BEGIN: Final = ("begin", "")
KNOWN: Final = (
    *("uuid", "name", "language", "type", "nodes", "localization", "_ui", "spec_version"),
    *("revision", "expire_after_minutes", "metadata"),
)


def drawn(container: Container, source: Part, starts: list[Start]) -> Flow:
    """The flow, which begins at these starts and where another flow leads to it."""
    language = naming.language(source.text("language"))
    id = container.flows[source.text("uuid")]
    drawing = Drawing(id, source.text("name") or id, language)
    sheet = Sheet(container, source, drawing, list(_entered(source)))
    _heading(sheet)
    for start in (*starts, AnotherFlow()):
        drawing.lead(drawing.add(start), "next", BEGIN)
    _begin(sheet)
    steps = source.parts("nodes")
    known = {step.text("uuid") for step in steps}
    for step in steps:
        _node(sheet, step, known)
    _notes(sheet)
    _other_translations(sheet)
    sheet.keep_answers()
    return drawing.flow()


def templates(source: Part) -> list[str]:
    """All texts of a flow that may hold expressions."""
    parts = ("nodes", "localization")
    found = [text for part in parts for text in _texts(source.values.get(part))]
    routers = (step.part("router") for step in source.parts("nodes"))
    return found + [f"{r.text('operand')}.category" for r in routers if asks_for_category(r)]


def results(source: Part) -> dict[str, str]:
    """What the results that a flow sets are called, by how expressions name them."""
    found = set()
    for step in source.parts("nodes"):
        found.add(step.part("router").text("result_name"))
        for action in step.parts("actions"):
            named = action.text("type") == "set_run_result"
            found.add(action.text("name") if named else action.text("result_name"))
    return {snake(name): name for name in sorted(found - {""})}


def hears_elsewhere(source: Part) -> bool:
    """Whether anything but the wait for it asks for what the person wrote."""
    routers = [step.part("router") for step in source.parts("nodes")]
    waits = [router.text("operand") for router in routers if "wait" in router]
    heard = [operand for operand in waits if naming.asks_for_input(operand)]
    return sum(map(naming.asks_for_input, templates(source))) > len(heard)


def _entered(source: Part) -> Iterator[str]:
    for step in source.parts("nodes"):
        for action in step.parts("actions"):
            if action.text("type") == "enter_flow":
                yield action.part("flow").text("uuid")


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                if "@" in text:
                    yield text
            case dict() as inner:
                waiting += inner.values()
            case list() as inner:
                waiting += inner


def _heading(sheet: Sheet) -> None:
    source, whys = sheet.source, []
    if source.text("type") == "voice":
        whys.append(Words("What was said on the telephone is written here."))
    if not source.parts("nodes"):
        whys.append(Words("It is empty."))
    sheet.made(FLOW, source.text("name"), source.where, *whys)
    sheet.leftover(source, *KNOWN)
    if "metadata" in source:
        why = Words("It follows from the flow itself, so it is not kept.")
        sheet.lost(DETAIL, "metadata", source.at("metadata"), why)
    if "_ui" in source:
        why = Words("The blocks are arranged anew, since one step can become several.")
        sheet.made(DETAIL, "_ui", source.at("_ui"), why)


def _begin(sheet: Sheet) -> None:
    """Results begin empty with every run."""
    chain, names = Chain(sheet.drawing, BEGIN), sheet.names
    for name, aspect in sorted(names.read):
        if name in names.results.get(sheet.uuid, ()) and aspect != naming.Aspect.INPUT:
            key = names.result(sheet.uuid, name, aspect)
            chain.then(SetField(field=sheet.use(key), value=""))
    first = next(iter(sheet.source.parts("nodes")), None)
    if first is not None:
        chain.go_to(node(first.text("uuid")))


def _node(sheet: Sheet, source: Part, known: Set[str]) -> None:
    """A node: its actions in a row, then its split or its only way out. ``known`` are all nodes."""
    chain = Chain(sheet.drawing, node(source.text("uuid")))
    sheet.made(STEP, source.text("uuid"), source.where)
    sheet.leftover(source, "uuid", "actions", "exits", "router")
    for action in source.parts("actions"):
        actions.draw(sheet, chain, action)
    exits = source.parts("exits")
    if "router" in source:
        Router(sheet, chain, source).draw()
    elif exits and (to := exits[0].text("destination_uuid")):
        chain.go_to(node(to))
    for exit in exits:
        to = exit.text("destination_uuid")
        why = Words("It leads to a step that is not there.") if to and to not in known else None
        sheet.made(EXIT, exit.text("name"), exit.where, why)
        sheet.leftover(exit, "uuid", "destination_uuid", "name")


def _notes(sheet: Sheet) -> None:
    for _, sticky in sheet.source.part("_ui").each("stickies"):
        text = "\n".join(filter(None, (sticky.text("title"), sticky.text("body"))))
        sheet.drawing.add(Note(text=text))
        sheet.made(NOTE, text, sticky.where)


def _other_translations(sheet: Sheet) -> None:
    """What is said in further languages and has found no place."""
    told = {item.where for item in sheet.container.report}
    for code, texts in sheet.source.each("localization"):
        for uuid in texts.values:
            if texts.at(uuid) in told:
                continue
            why = Words("Only messages that are there are said in further languages here.")
            if naming.language(code) == sheet.drawing.language != "":
                why = Words("It is the flow’s own language, so nobody ever sees it.")
            elif not naming.language(code):
                why = Words("“{code}” is no language that is known here.", code=code)
            sheet.lost(DETAIL, code, texts.at(uuid), why)

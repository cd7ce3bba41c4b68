"""Our blocks as nodes of RapidPro."""

import json
from typing import Any, Final

from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.notify import Notify, is_mailbox
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.block import NEXT, Block, Start
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.random_split import RandomSplit
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_answer import NO_ANSWER, WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro import asking, saying
from otn_studio.exchange.rapidpro.naming import snake
from otn_studio.exchange.rapidpro.paper import Paper
from otn_studio.exchange.rapidpro.ways import EXPIRED

BLOCK: Final = Words("Block")
NOTHING_LIKE_IT: Final = Words("RapidPro has nothing like it; the conversation passes it.")
WHATEVER_ENDS_IT: Final = Words("In RapidPro, whatever the person writes ends the wait.")
ALIKE: Final = Words("RapidPro gives every way the same share, and draws anew each time.")
ONLY_EXPIRED: Final = Words("RapidPro knows only whether the other flow was completed or expired.")
NO_RESULT: Final = Words("RapidPro does not say how a flow ended.")
ONE_FAILURE: Final = Words("RapidPro does not tell a failure from no answer in time.")
TICKET: Final = Words("It opens a ticket in RapidPro.")
NOT_BY_WEB: Final = Words("RapidPro tells nobody but by e-mail.")
FIRST_NAME: Final = Words("RapidPro keeps one name of everybody.")
NO_SECRETS: Final = Words("A secret is not written; fill it in there.")


def write(paper: Paper, id: str, block: Block) -> None:
    """Write a block, and say what becomes of it."""
    where, name = f"/blocks/{id}", str(block.label())
    report, flow = paper.report, paper.flow.id
    if isinstance(block, Start):
        return
    if not _write(paper, id, block):
        paper.step(paper.entry(id) or "", [], paper.after(id, block.ports()[0].id))
        report.lost(BLOCK, name, where, NOTHING_LIKE_IT, flow)
        return
    whys = paper.told()
    if not whys:
        report.created(BLOCK, name, where, flow)
        return
    why = whys[0]
    for more in whys[1:]:
        why = Words("{one} {other}", one=why, other=more)
    report.changed(BLOCK, name, where, why, flow)


def _write(paper: Paper, id: str, block: Block) -> bool:
    """Whether there is something like the block."""
    node = paper.entry(id) or ""
    to = paper.after(id, NEXT.id)
    match block:
        case SendMessage():
            saying.message(paper, id, block)
        case Condition():
            asking.condition(paper, id, block)
        case WaitForAnswer():
            _wait_for_answer(paper, id, block)
        case Wait():
            paper.note(WHATEVER_ENDS_IT)
            minutes = int(block.for_.length.total_seconds() // 60)
            saying.wait(paper, node, [("All Responses", to)], [], to, minutes)
        case SetField(field=field, value=value):
            if field in ("first_name", "last_name"):
                paper.note(FIRST_NAME)
            said = paper.text(value)
            actions = [] if field == "last_name" else [saying.set_field(paper, node, block, said)]
            paper.step(node, actions, to)
        case Tag() | Untag():
            kind = "add_contact_groups" if isinstance(block, Tag) else "remove_contact_groups"
            action = {"type": kind, "uuid": paper.id("action", id)}
            paper.step(node, [{**action, "groups": [paper.group(block.tag)]}], to)
        case GoToFlow():
            _go_to_flow(paper, id, block)
        case RandomSplit():
            _random(paper, id, block)
        case HttpRequest():
            _call(paper, id, block)
        case Notify():
            _notify(paper, id, block, to)
        case HandOver():
            paper.note(TICKET)
            action = {"type": "open_ticket", "uuid": paper.id("action", id), "body": ""}
            paper.step(node, [action], to)
        case EndFlow(result=result):
            if result not in ("", EXPIRED):
                paper.note(NO_RESULT)
            paper.step(node, [], None)
        case GoToBlock():
            paper.step(node, [], to)
        case Note():
            paper.step(node, [], to)
        case _:
            return False
    return True


def _wait_for_answer(paper: Paper, id: str, block: WaitForAnswer) -> None:
    """A run in which nobody answers expires, where nothing else follows."""
    to = saying.kept(paper, id, block.field, paper.after(id, NEXT.id))
    if not block.field:
        to = paper.id("heard", id)
        paper.step(to, [], paper.after(id, NEXT.id))
    minutes = int(block.time.length.total_seconds() // 60)
    follows = paper.flow.blocks.get(paper.flow.leads_to(id, NO_ANSWER.id) or "")
    expires = isinstance(follows, EndFlow) and follows.result == EXPIRED
    late = None if expires else paper.after(id, NO_ANSWER.id)
    saying.wait(paper, paper.entry(id) or "", [("All Responses", to)], [], late, minutes)


def _go_to_flow(paper: Paper, id: str, block: GoToFlow) -> None:
    flow = paper.flow_named(block.flow, block.title)
    enter = {"type": "enter_flow", "uuid": paper.id("action", id), "flow": flow}
    ways = {EXPIRED: paper.after(id, NEXT.id)}
    for result in block.results:
        if result.name.strip().lower() == EXPIRED:
            ways[EXPIRED] = paper.after(id, result.id)
        else:
            paper.note(ONLY_EXPIRED)
    paper.split(
        paper.entry(id) or "",
        "split_by_subflow",
        [("Complete", paper.after(id, NEXT.id)), ("Expired", ways[EXPIRED])],
        [("has_only_text", ["completed"], 0), ("has_only_text", ["expired"], 1)],
        operand="@child.status",
        actions=[enter],
    )


def _random(paper: Paper, id: str, block: RandomSplit) -> None:
    paper.note(ALIKE)
    ways = [(way.name or str(n), paper.after(id, way.id)) for n, way in enumerate(block.ways, 1)]
    if not ways:
        paper.step(paper.entry(id) or "", [], paper.after(id, NEXT.id))
        return
    paper.split(paper.entry(id) or "", "split_by_random", ways, [])
    router = paper.nodes[-1]["router"]
    paper.nodes[-1]["router"] = {"type": "random", "categories": router["categories"]}


def _call(paper: Paper, id: str, block: HttpRequest) -> None:
    name, node = f"call {id}", paper.entry(id) or ""
    well, badly = paper.after(id, "success"), paper.after(id, "failure")
    if paper.after(id, "no_answer") != badly:
        paper.note(ONE_FAILURE)
    if block.answer:
        well = _keep(paper, id, block, well)
    action = {
        "type": "call_webhook",
        "uuid": paper.id("action", id),
        "method": block.method,
        "url": _secretless(paper, block.url) + _query(paper, block),
        "headers": {h.name: _secretless(paper, h.value) for h in block.headers},
        "body": _body(paper, block),
        "result_name": name,
    }
    paper.split(
        node,
        "split_by_webhook",
        [("Success", well), ("Failure", badly)],
        [("has_only_text", ["Success"], 0), ("has_only_text", ["Failure"], 1)],
        operand=f"@results.{snake(name)}.category",
        actions=[action],
    )


def _keep(paper: Paper, id: str, block: HttpRequest, to: str | None) -> str:
    node = paper.id("keep", id)
    actions = [
        saying.set_field(
            paper, node, SetField(field=kept.field), f"@webhook{kept.path.lstrip('$').lower()}"
        )
        for kept in block.answer
    ]
    paper.step(node, actions, to)
    return node


def _pairs(paper: Paper, block: HttpRequest) -> str:
    return "&".join(f"{v.name}={_secretless(paper, v.value)}" for v in block.values)


def _query(paper: Paper, block: HttpRequest) -> str:
    mark = "&" if "?" in block.url else "?"
    return mark + _pairs(paper, block) if block.sends == "query" else ""


def _body(paper: Paper, block: HttpRequest) -> str:
    match block.sends:
        case "json":
            values = {value.name: _secretless(paper, value.value) for value in block.values}
            return json.dumps(values, ensure_ascii=False)
        case "form":
            return _pairs(paper, block)
        case "text":
            return _secretless(paper, block.body)
    return ""


def _secretless(paper: Paper, text: str) -> str:
    if "secret." in text:
        paper.note(NO_SECRETS)
    return paper.text(text)


def _notify(paper: Paper, id: str, block: Notify, to: str | None) -> None:
    actions: list[dict[str, Any]] = []
    if is_mailbox(block.to):
        mail = {"addresses": [block.to.strip()], "subject": paper.text(block.subject)}
        uuid = paper.id("action", id)
        text = paper.text(block.text)
        actions.append({"type": "send_email", "uuid": uuid, **mail, "body": text})
    else:
        paper.note(NOT_BY_WEB)
    paper.step(paper.entry(id) or "", actions, to)

"""Our messages as actions of RapidPro."""

from typing import Any, Final

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.answers import AnswerKind
from otn_studio.blocks.block import Role
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.buttons import Buttons
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel
from otn_studio.blocks.elements.media import Media
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro.paper import Paper, code_of, id_of
from otn_studio.exchange.rapidpro.templates import known_as
from otn_studio.flow.document import Topic

Action = dict[str, Any]
MEDIA: Final = {"picture": "image", "video": "video", "audio": "audio", "file": "application"}
NO_TOPIC: Final = Words("RapidPro sends by no topic’s permission; it sends in the conversation.")
NO_TYPING: Final = Words("RapidPro has no typing pause.")
NO_BUTTONS: Final = Words("Buttons become answers to tap, and links stand in the text.")
NO_CARDS: Final = Words("Cards become texts.")
NO_CHECK: Final = Words("RapidPro takes whatever the person answers.")
OWN_DETAIL: Final = Words("RapidPro can’t offer the person’s own number or address.")
CHOOSES_FIRST: Final = Words("RapidPro waits until the person has chosen; what follows comes then.")
NO_REQUEST: Final = Words("Newer versions of RapidPro ask for no permission.")


def message(paper: Paper, id: str, block: SendMessage) -> None:
    """A node that says it, and one that listens where there is something to choose or answer."""
    actions: list[Action] = []
    ways: list[tuple[str, str | None]] = []
    for element in block.elements:
        _element(paper, id, block, element, actions)
        ways += [
            (paper.text(choice), paper.after(id, port))
            for port, choice in _choices(element)
            if paper.flow.leads_to(id, port) is not None
        ]
    if block.by_topic:
        paper.note(NO_TOPIC)
    to = paper.after(id, "next")
    if block.question is not None:
        to = _listen(paper, id, block.question, to)
    elif ways:
        to = _choose(paper, id, ways)
    paper.step(paper.entry(id) or "", actions, to)


def _choose(paper: Paper, id: str, ways: list[tuple[str, str | None]]) -> str:
    """A node that goes by what is tapped; anything else is heard by what follows."""
    node, follows = paper.id("choose", id), paper.flow.leads_to(id, "next")
    waits = isinstance(paper.flow.blocks.get(follows or ""), WaitForAnswer)
    other = paper.id("heard", follows) if waits and follows else paper.entry(follows)
    if follows is not None and not waits:
        paper.note(CHOOSES_FIRST)
    cases = [("has_only_phrase", [title], number) for number, (title, _) in enumerate(ways)]
    more = {"wait": {"type": "msg"}, "result_name": ""}
    all_ways = [*ways, ("Other", other)]
    paper.split(node, "wait_for_response", all_ways, cases, operand="@input.text", more=more)
    return node


def _listen(paper: Paper, id: str, question: Question, to: str | None) -> str:
    if question.answer not in (AnswerKind.TEXT, AnswerKind.CHOICE):
        paper.note(NO_CHECK)
    late = paper.after(id, question.port_id("no_answer"))
    minutes = int(question.time.length.total_seconds() // 60)
    keeps = kept(paper, id, question.field, to)
    ways: list[tuple[str, str | None]] = [("All Responses", keeps)]
    cases: list[tuple[str, list[str], int]] = []
    if question.answer is AnswerKind.CHOICE:
        again = paper.id("retry", id)
        ways = [("Answered", keeps), ("Other", again)]
        cases = [("has_only_phrase", [choice.title], 0) for choice in question.choices]
        retry = _said(paper, id, f"{question.id}.retry", question.retry or question.text)
        retry["quick_replies"] = [choice.title for choice in question.choices]
        paper.step(again, [retry], paper.id("listen", id))
    node = paper.id("listen", id)
    wait(paper, node, ways, cases, late, minutes)
    return node


def kept(paper: Paper, id: str, field: str, to: str | None) -> str | None:
    """A node that keeps what was answered in a field."""
    if not field:
        return to
    node = paper.id("heard", id)
    paper.step(node, [set_field(paper, node, SetField(field=field), "@input.text")], to)
    return node


def wait(
    paper: Paper,
    node: str,
    ways: list[tuple[str, str | None]],
    cases: list[tuple[str, list[str], int]],
    late: str | None,
    minutes: int,
) -> None:
    """A node that waits for an answer. Where nothing follows when none comes, the run expires."""
    written: dict[str, Any] = {"type": "msg"}
    if late is None:
        paper.expires.add(minutes)
    else:
        ways = [("No Response", late), *ways]
        cases = [(test, arguments, way + 1) for test, arguments, way in cases]
        category = paper.id("category", node, "0")
        written["timeout"] = {"seconds": minutes * 60, "category_uuid": category}
    more = {"wait": written, "result_name": ""}
    paper.split(node, "wait_for_response", ways, cases, operand="@input.text", more=more)


def set_field(paper: Paper, node: str, block: SetField, value: str) -> Action:
    """What sets a field, or what RapidPro knows of everybody by itself."""
    uuid, key = paper.id("action", node, block.field), block.field
    if key in ("first_name", "name"):
        return {"type": "set_contact_name", "uuid": uuid, "name": value}
    if key == "locale":
        return {"type": "set_contact_language", "uuid": uuid, "language": code_of(value)}
    if key == "time_zone":
        return {"type": "set_contact_timezone", "uuid": uuid, "timezone": value}
    known = paper.flow.fields.get(key)
    plain = known_as(key).rpartition(".")[2]
    field = {"key": plain, "name": known.name if known else key}
    return {"type": "set_contact_field", "uuid": uuid, "field": field, "value": value}


def _element(
    paper: Paper, id: str, block: SendMessage, element: Element, actions: list[Action]
) -> None:
    way = f"{element.id}.text"
    match element:
        case Text(text=text):
            actions.append(_said(paper, id, way, text))
        case QuickReplies(text=text, replies=replies):
            titles = [reply for reply in replies if isinstance(reply, QuickReply)]
            if len(titles) < len(replies):
                paper.note(OWN_DETAIL)
            actions.append(_with_answers(paper, id, element.id, text, titles))
        case Question(text=text, choices=choices):
            choices = choices if element.answer is AnswerKind.CHOICE else ()
            actions.append(_with_answers(paper, id, element.id, text, list(choices)))
        case Buttons(text=text):
            paper.note(NO_BUTTONS)
            links = [button.url for button in element.buttons if getattr(button, "url", "")]
            action = _said(paper, id, way, "\n".join((text, *links)))
            action["quick_replies"] = [title for _, title in _choices(element)]
            actions.append(action)
        case Media(url=url):
            attachment = f"{MEDIA[element.kind.name]}:{url}"
            action = _said(paper, id, f"{element.id}.url", "")
            actions.append({**action, "attachments": [attachment]})
        case Card() | Carousel():
            paper.note(NO_CARDS)
            cards = element.cards if isinstance(element, Carousel) else (element,)
            for number, card in enumerate(cards):
                text = "\n".join(filter(None, (card.title, card.subtitle)))
                actions.append(_said(paper, id, f"{element.id}.{number}", text))
        case OtnRequest() | RecurringRequest():
            paper.note(NO_REQUEST)
            topic = paper.flow.topics.get(element.topic) or Topic(element.topic)
            optin = {"uuid": id_of("optin", element.topic), "name": topic.name}
            uuid = paper.id("action", id, element.id)
            actions.append({"type": "request_optin", "uuid": uuid, "optin": optin})
        case TypingPause():
            paper.note(NO_TYPING)


def _with_answers(
    paper: Paper, id: str, element: str, text: str, answers: list[QuickReply] | list[AnswerChoice]
) -> Action:
    action = _said(paper, id, f"{element}.text", text)
    action["quick_replies"] = [paper.text(answer.title) for answer in answers]
    for language, texts in paper.flow.texts_of(id).items():
        ways = [f"{element}.{answer.id}.title" for answer in answers]
        if any(way in texts for way in ways):
            titles = [
                paper.text(texts.get(way) or answer.title)
                for way, answer in zip(ways, answers, strict=True)
            ]
            _in_language(paper, language, action)["quick_replies"] = titles
    return action


def _said(paper: Paper, id: str, way: str, text: str) -> Action:
    """A message, with what it says in further languages."""
    uuid = paper.id("action", id, way)
    action = {
        "type": "send_msg",
        "uuid": uuid,
        "text": paper.text(text),
        "attachments": [],
        "quick_replies": [],
    }
    for language, texts in paper.flow.texts_of(id).items():
        if translated := texts.get(way):
            _in_language(paper, language, action)["text"] = [paper.text(translated)]
    return action


def _in_language(paper: Paper, language: str, action: Action) -> dict[str, Any]:
    texts = paper.localization.setdefault(code_of(language), {})
    return texts.setdefault(action["uuid"], {})


def _choices(element: Element) -> list[tuple[str, str]]:
    """What there is to tap that leads on in the flow: its way out and its title."""
    return [(port.id, str(port.words)) for port in element.ports() if port.role is Role.CHOICE]

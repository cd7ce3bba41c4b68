"""Messages of RapidPro as elements of Send Message."""

from collections.abc import Callable
from typing import Final

from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.file import File
from otn_studio.blocks.elements.media import Media
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain
from otn_studio.exchange.rapidpro.sheet import Sheet
from otn_studio.exchange.source import Part
from otn_studio.policy import limits

MESSAGE: Final = Words("Message")
ATTACHMENT: Final = Words("Attachment")
TRANSLATION: Final = Words("Translation")
NO_WORDS: Final = "…"
"""What stands above answers to tap where the message says nothing itself."""
MEDIA: Final[dict[str, Callable[..., Media]]] = {
    "image": Picture,
    "video": Video,
    "audio": Audio,
    "application": File,
    "document": File,
    "text": File,
}


def send(sheet: Sheet, chain: Chain, action: Part) -> None:
    """A message with its attachments and answers to tap."""
    text, why = sheet.liquid(action.text("text"))
    quick = [sheet.liquid(reply) for reply in quick_replies(action)]
    media = [
        element
        for index, attachment in enumerate(action.texts("attachments"))
        if (element := _media(sheet, attachment, f"{action.at('attachments')}/{index}"))
    ]
    elements: list[Element] = list(media)
    if quick:
        elements.append(_with_answers(text or NO_WORDS, [title for title, _ in quick]))
    elif text.strip():
        elements.append(Text(id="e", text=text))
    whys = [why, *(note for _, note in quick), *_too_much(text, [title for title, _ in quick])]
    if not elements:
        sheet.lost(MESSAGE, action.text("text"), action.where, Words("The message is empty."))
        return
    block = say(sheet, chain, elements)
    sheet.made(MESSAGE, action.text("text"), action.where, *whys)
    sheet.leftover(action, "type", "uuid", "text", "quick_replies", "attachments")
    _translate(sheet, block, action)


def say(sheet: Sheet, chain: Chain, elements: list[Element]) -> str:
    """Send these, together with the message before where there is one; answers the block."""
    drawing, last = sheet.drawing, chain.last
    before = drawing.blocks.get(last)
    joins = isinstance(before, SendMessage) and not isinstance(before.elements[-1], QuickReplies)
    known = before.elements if joins and isinstance(before, SendMessage) else ()
    numbered = tuple(
        element.model_copy(update={"id": f"e{number}"})
        for number, element in enumerate(elements, start=len(known) + 1)
    )
    if joins:
        drawing.change(last, SendMessage(elements=(*known, *numbered)))
        return last
    return chain.then(SendMessage(elements=numbered))


def quick_replies(part: Part) -> list[str]:
    """The titles; newer versions write each with its kind."""
    entries = part.values.get("quick_replies") or []
    if isinstance(entries, list) and any(isinstance(entry, dict) for entry in entries):
        return [reply.text("text") for reply in part.parts("quick_replies")]
    return part.texts("quick_replies")


def _with_answers(text: str, titles: list[str]) -> QuickReplies:
    replies = [QuickReply(id=f"r{n}", title=title) for n, title in enumerate(titles, start=1)]
    return QuickReplies(id="e", text=text, replies=tuple(replies))


def _media(sheet: Sheet, attachment: str, where: str) -> Media | None:
    kind, _, url = attachment.partition(":")
    make = MEDIA.get(kind.partition("/")[0])
    if make is None or "@" in url.partition("?")[0]:
        why = Words("A picture or a file can’t be chosen by an expression here.")
        sheet.lost(ATTACHMENT, attachment, where, why if make else Words("Unknown kind of file."))
        return None
    sheet.made(ATTACHMENT, url, where)
    return make(id="e", url=url.strip())


def _too_much(text: str, titles: list[str]) -> list[Words]:
    """What Messenger does not show of it."""
    found = []
    if len(text) > limits.TEXT:
        found.append(
            Words("Messenger shows at most {limit} characters; shorten it.", limit=limits.TEXT)
        )
    if any(len(title) > limits.QUICK_REPLY_TITLE for title in titles):
        limit = limits.QUICK_REPLY_TITLE
        found.append(Words("An answer to tap has at most {limit} characters.", limit=limit))
    if len(titles) > limits.QUICK_REPLIES:
        limit = limits.QUICK_REPLIES
        found.append(Words("Messenger shows at most {limit} answers to tap.", limit=limit))
    return found


def _translate(sheet: Sheet, block: str, action: Part) -> None:
    """Say the message in further languages."""
    made = sheet.drawing.blocks[block]
    assert isinstance(made, SendMessage)
    element = made.elements[-1]
    for language, texts in sheet.localized(action.text("uuid")):
        whys = []
        for text in texts.texts("text")[:1]:
            said, why = sheet.liquid(text)
            whys.append(why)
            sheet.drawing.translate(language, block, f"{element.id}.text", said)
        for number, title in enumerate(quick_replies(texts), start=1):
            said, why = sheet.liquid(title)
            whys.append(why)
            if isinstance(element, QuickReplies) and number <= len(element.replies):
                way = f"{element.id}.r{number}.title"
                sheet.drawing.translate(language, block, way, said)
        sheet.made(TRANSLATION, language, texts.where, *whys)
        _other_pictures(sheet, texts, action)
        sheet.leftover(texts, "text", "quick_replies", "attachments")


def _other_pictures(sheet: Sheet, texts: Part, action: Part) -> None:
    others = texts.texts("attachments")
    if others and others != action.texts("attachments"):
        why = Words("Every language shows the same pictures and files here.")
        sheet.lost(ATTACHMENT, ", ".join(others), texts.at("attachments"), why)

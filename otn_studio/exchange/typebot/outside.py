"""What a bot of Typebot asks other programs, and tells colleagues."""

from collections.abc import Iterator
from typing import Any, Final

from otn_studio.blocks import asking
from otn_studio.blocks.actions.http_request import METHODS, HttpRequest, KeptValue
from otn_studio.blocks.actions.notify import Notify
from otn_studio.blocks.asking import Header, SentValue
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import as_dict, as_list, as_text
from otn_studio.exchange.typebot.bot import Block
from otn_studio.exchange.typebot.texts import Texts

ENDS: Final = ("success", "failure", "no_answer")
"""However a request ends, a bot of Typebot goes on in the same way."""
LEFT_OUT: Final = ("cc", "bcc", "replyTo", "attachmentsVariableId")


def request(block: Block, texts: Texts, notes: list[Words]) -> HttpRequest | None:
    """The request that a block makes; none where its address is not in the file."""
    where = f"{block.where}/options/webhook"
    call = as_dict(block.options.get("webhook"), where)
    url = texts.ours(as_text(call.get("url")), notes)
    if not url:
        return None
    method = as_text(call.get("method")).upper() or "POST"
    body = texts.ours(as_text(call.get("body")), notes)
    sends_body = method != "GET" and bool(body)
    if method != "GET" and not body:
        notes.append(Words("Typebot sends all answers along; choose here which are sent."))
    values = tuple(_pairs(call, "queryParams", where, texts))
    if sends_body:
        url, values = asking.with_query(url, values), ()
    return HttpRequest(
        method=method if method in METHODS else "POST",
        url=url,
        headers=[Header(name=n, value=v) for n, v in _pairs(call, "headers", where, texts)],
        sends="text" if sends_body else "query" if values else "nothing",
        values=[SentValue(name=name, value=value) for name, value in values],
        body=body,
        answer=list(_kept(block, texts)),
    )


def email(block: Block, texts: Texts, notes: list[Words]) -> Notify | None:
    """The message to a colleague that a block sends; none where nobody would get it."""
    to = [as_text(one) for one in as_list(block.options.get("recipients"), block.where)]
    to = [texts.ours(one, notes) for one in to if one]
    if not to:
        return None
    if any(block.options.get(name) for name in LEFT_OUT) or len(to) > 1:
        notes.append(Words("It goes to the first address only, without copies and attachments."))
    subject, text = texts.ours(block.text("subject"), notes), texts.ours(block.text("body"), notes)
    return Notify(to=to[0], subject=subject, text=text)


def _pairs(call: dict[str, Any], name: str, where: str, texts: Texts) -> Iterator[tuple[str, str]]:
    for entry in as_list(call.get(name), f"{where}/{name}"):
        given = as_dict(entry, f"{where}/{name}")
        if key := as_text(given.get("key")):
            yield key, texts.ours(as_text(given.get("value")), [])


def _kept(block: Block, texts: Texts) -> Iterator[KeptValue]:
    where = f"{block.where}/options/responseVariableMapping"
    for entry in as_list(block.options.get("responseVariableMapping"), where):
        given = as_dict(entry, where)
        field = texts.variable(given.get("variableId"))
        path = as_text(given.get("bodyPath")).strip().removeprefix("data")
        if field and path:
            yield KeptValue(path=f"${path if path[0] in '.[' else '.' + path}", field=field)

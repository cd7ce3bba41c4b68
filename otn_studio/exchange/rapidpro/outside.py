"""Actions of RapidPro that reach others: programs and colleagues."""

from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.actions.notify import Notify
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.asking import Header
from otn_studio.blocks.words import Words
from otn_studio.exchange.drawing import Chain
from otn_studio.exchange.rapidpro.naming import Aspect, snake
from otn_studio.exchange.rapidpro.sheet import Sheet
from otn_studio.exchange.source import Part

CALL, MAIL, TICKET = Words("Call of a program"), Words("E-mail"), Words("Ticket")


def call(sheet: Sheet, chain: Chain, action: Part) -> None:
    url, why = sheet.liquid(action.text("url"))
    body, lost = sheet.liquid(action.text("body"))
    method = action.text("method").upper() or "GET"
    headers = [
        Header(name=name, value=sheet.liquid(value if isinstance(value, str) else "")[0])
        for name, value in action.part("headers").values.items()
    ]
    request = HttpRequest(
        method=method if method in ("GET", "POST", "PUT", "PATCH", "DELETE") else "POST",
        url=url.strip(),
        headers=tuple(headers),
        sends="text" if body.strip() else "nothing",
        body=body,
    )
    block = chain.then(request, "success")
    chain.also(block, "failure")
    chain.also(block, "no_answer")
    sheet.made(CALL, action.text("url"), action.where, why, lost)
    sheet.leftover(action, "type", "uuid", "url", "method", "headers", "body", "result_name")


def mail(sheet: Sheet, chain: Chain, action: Part) -> None:
    subject, no_subject = sheet.liquid(action.text("subject"))
    body, no_body = sheet.liquid(action.text("body"))
    for address in action.texts("addresses"):
        to, _ = sheet.liquid(address)
        chain.then(Notify(to=to, subject=subject, text=body))
    sheet.made(MAIL, ", ".join(action.texts("addresses")), action.where, no_subject, no_body)
    sheet.leftover(action, "type", "uuid", "addresses", "subject", "body")


def ticket(sheet: Sheet, chain: Chain, action: Part) -> None:
    chain.then(HandOver())
    why = Words("Colleagues answer in the Page’s own inbox here; there are no tickets.")
    sheet.made(TICKET, action.text("subject"), action.where, why)
    if name := action.text("result_name"):
        key = sheet.names.result(sheet.uuid, snake(name), Aspect.CATEGORY)
        chain.then(SetField(field=sheet.use(key), value="Success"))
    sheet.leftover(action, "type", "uuid", "subject", "result_name")

"""Flows to measure with: of any size, always the same."""

import math
import random
from dataclasses import astuple, replace
from statistics import median

COLUMN, ROW = 340, 300


def graph(count: int) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    """Places, and connections (from, way out, to): mostly to the next column, some to anywhere."""
    rnd = random.Random(7)
    rows = max(4, int(math.sqrt(count / 1.8)))
    places = [
        (n // rows * COLUMN + rnd.randint(-10, 10), n % rows * ROW + rnd.randint(-8, 8))
        for n in range(count)
    ]
    links: dict[tuple[int, int], int] = {}
    for n in [*range(count), *range(0, count, 3)]:
        way = 1 if (n, 0) in links else 0
        near = (n // rows + 1) * rows + min(rows - 1, max(0, n % rows + rnd.randint(-2, 2)))
        far = rnd.random() < 0.06 or near >= count
        links[n, way] = rnd.randrange(count) if far else near
    return places, [(n, way, to) for (n, way), to in links.items()]


def our_flow(count: int):
    """The graph as a flow of four kinds of blocks, each with words of its own."""
    from otn_studio.blocks.elements.buttons import Button, Buttons
    from otn_studio.blocks.elements.otn_request import OtnRequest
    from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
    from otn_studio.blocks.elements.text import Text
    from otn_studio.blocks.logic.wait import Wait
    from otn_studio.blocks.message.send_message import SendMessage
    from otn_studio.flow.document import Flow, Position, Topic

    def block(n: int):
        hello = f"Hi {{{{ contact.first_name }}}}, the shoes of shelf {n} are back in your size."
        if n % 4 == 0:
            replies = tuple(QuickReply(id=i, title=t) for i, t in (("a", "Yes"), ("b", "No")))
            asks = QuickReplies(id="q", text="Shall we keep a pair?", replies=replies)
            return SendMessage(title=f"Message {n}", elements=(Text(id="t", text=hello), asks))
        if n % 4 == 1:
            card = OtnRequest(id="o", topic="t", title=f"Get told when shelf {n} is full again")
            return SendMessage(title=f"Ask {n}", elements=(card,))
        if n % 4 == 2:
            buttons = tuple(Button(id=i, title=t) for i, t in (("a", "Show me"), ("b", "Later")))
            offer = Buttons(id="b", text=hello, buttons=buttons)
            return SendMessage(title=f"Offer {n}", elements=(offer,))
        return Wait(title=f"Wait {n}")

    places, links = graph(count)
    blocks = {f"b{n}": block(n) for n in range(count)}
    connections: dict[str, dict[str, str]] = {}
    for n, way, to in links:
        shown = [port.id for port in blocks[f"b{n}"].ports() if port.role.value != "rescue"]
        connections.setdefault(f"b{n}", {})[shown[way % len(shown)]] = f"b{to}"
    layout = {f"b{n}": Position(*place) for n, place in enumerate(places)}
    topics = {"t": Topic("Shoes")}
    return Flow("f", "F", topics=topics, blocks=blocks, connections=connections, layout=layout)


def busy(flow, links: int):
    """The same flow, where as many of the nearest ways lead to the block in the middle; and its id."""
    at = flow.layout
    middle = [median(place[axis] for place in map(astuple, at.values())) for axis in (0, 1)]

    def nearest(to):
        return sorted(at, key=lambda id: math.dist(astuple(at[id]), to))

    hub = nearest(middle)[0]
    near = nearest(astuple(at[hub]))[1 : links + 1]
    led = {id: dict.fromkeys(list(flow.connections[id])[-1:], hub) for id in near}
    connections = {id: {**ways, **led.get(id, {})} for id, ways in flow.connections.items()}
    return replace(flow, connections=connections), hub

"""Which requests nobody can get twice within a week, however often they come.

A run ends the one before it in the same flow. So nobody is asked twice where every run takes longer
than a week to ask, and to ask again. And a yes to a lasting topic begins something only once, until
the permission has ended.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from otn_studio.blocks.effect import Holds, Passes, Sends, Waits
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.state import LATE
from otn_studio.policy import requests

PAUSE = int(requests.SAME_TITLE_PAUSE.total_seconds()) + LATE
Blocks = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class _Origin:
    """Threads of which a new one ends the one before, or which come ``once``."""

    soonest: Mapping[Place, int]
    once: bool

    def asks(self, asking: Blocks) -> dict[Place, int]:
        """Where its threads come to one of these blocks, and after how many seconds at the least."""
        return _within(self.soonest, asking)


def rare_titles(map: Map) -> frozenset[str]:
    """The titles of those requests."""
    blocks = _asking(map)
    if not blocks or "" in blocks:
        return frozenset()
    rare = _Rare(map)
    return frozenset(title for title, asking in blocks.items() if rare.are(frozenset(asking)))


def _asking(map: Map) -> Mapping[str, set[tuple[str, str]]]:
    """The blocks that ask for lasting permissions, by the title of the request."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for block, node in map.nodes.items():
        for request in node.effect.asks if isinstance(node.effect, Sends) else ():
            if request.recurring:
                found[request.title].add(block)
    return found


class _Rare:
    def __init__(self, map: Map) -> None:
        self._map = map
        origins, others = _origins(map)
        self._origins = [_Origin(_soonest(map, places), once) for places, once in origins]
        self._others = {(place.flow, place.block) for place in _soonest(map, others)}

    def are(self, asking: Blocks) -> bool:
        """Whether all these blocks together ask somebody once a week at most."""
        origins = [origin for origin in self._origins if origin.asks(asking)]
        if self._others & asking or len(origins) > 1:
            return False
        return all(self._is_rare(origin, asking) for origin in origins)

    def _is_rare(self, origin: _Origin, asking: Blocks) -> bool:
        asks = origin.asks(asking)
        if not origin.once and min(asks.values()) < PAUSE:
            return False
        after = [to for place in asks for to in self._map.goes_on(place)]
        again = _within(_soonest(self._map, after), asking)
        return all(time >= PAUSE for time in again.values())


def _within(soonest: Mapping[Place, int], blocks: Blocks) -> dict[Place, int]:
    return {p: time for p, time in soonest.items() if (p.flow, p.block) in blocks}


def _origins(map: Map) -> tuple[list[tuple[list[Place], bool]], list[Place]]:
    """Where threads begin of which a new one ends the one before, or which come once; and others."""
    runs: dict[str, list[Place]] = defaultdict(list)
    starts: dict[str, list[Place]] = defaultdict(list)
    for place, begins in map.starts():
        is_yes = begins.holds is Holds.NEW and map.lasts_forever(begins.topic)
        (starts[begins.topic] if is_yes else runs[place.flow]).append(place)
    cards: dict[str, list[Place]] = defaultdict(list)
    taps: list[Place] = []
    for (flow, block), node in map.nodes.items():
        asks = node.effect.asks if isinstance(node.effect, Sends) else ()
        topics = {request.port: request.topic for request in asks}
        for port in node.choices:
            topic = topics.get(port, "")
            if (to := map.tapped(Place(flow, block), port)) is not None:
                (cards[topic] if map.lasts_forever(topic) else taps).append(to)
        begun = map.joined(node.effect.begins) if isinstance(node.effect, Passes) else None
        taps += [begun] if begun is not None else []
    both = starts.keys() & cards.keys()
    taps += [place for topic in both for place in starts.pop(topic) + cards.pop(topic)]
    once = [*starts.values(), *cards.values()]
    return [(places, False) for places in runs.values()] + [(p, True) for p in once], taps


def _soonest(map: Map, origins: Iterable[Place]) -> dict[Place, int]:
    """Every place that can be come to from there, and after how many seconds at the least."""
    found: dict[Place, int] = {}
    waiting = [(0, place) for place in set(origins)]
    heapq.heapify(waiting)
    while waiting:
        time, place = heapq.heappop(waiting)
        if place in found:
            continue
        found[place] = time
        effect = map.node(place).effect
        takes = int(effect.shortest.total_seconds()) if isinstance(effect, Waits) else 0
        for to in map.goes_on(place):
            heapq.heappush(waiting, (time + takes, to))
    return found

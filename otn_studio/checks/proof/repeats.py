"""Which requests nobody can get twice within a week, however often they come.

A run ends the one before it in the same flow. So nobody is asked twice where every run takes longer
than a week to ask, and to ask again. And a yes to a lasting topic begins something only once, until
the permission has ended.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from otn_studio.blocks.effect import Holds, Sends, Waits
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.state import LATE
from otn_studio.policy import requests

PAUSE = int(requests.SAME_TITLE_PAUSE.total_seconds()) + LATE
Blocks = frozenset[tuple[str, str]]


@dataclass
class _Origin:
    """Where threads begin that can begin equally often. ``starts`` counts the blocks among them."""

    places: list[Place] = field(default_factory=list)
    starts: int = 0


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
        self._never_ends = not map.project.rules.profile.lifetimes
        self._runs, self._yeses, taps = _origins(map)
        self._after_run = {id: _soonest(map, o.places) for id, o in self._runs.items()}
        self._after_yes = {id: _soonest(map, o.places) for id, o in self._yeses.items()}
        self._after_tap = {(place.flow, place.block) for place in _soonest(map, taps)}

    def are(self, asking: Blocks) -> bool:
        """Whether all these blocks together ask somebody once a week at most."""
        runs = [_within(soonest, asking) for soonest in self._after_run.values()]
        by_run = [soonest for soonest in runs if soonest]
        by_yes = [id for id, soonest in self._after_yes.items() if _within(soonest, asking)]
        if self._after_tap & asking or len(by_run) + len(by_yes) > 1:
            return False
        if by_yes and not self._comes_once(by_yes[0]):
            return False
        if by_run and min(by_run[0].values()) < PAUSE:
            return False
        reached = (
            by_run[0] if by_run else _within(self._after_yes[by_yes[0]], asking) if by_yes else {}
        )
        after = [to for place in reached for to in self._map.goes_on(place)]
        again = _within(_soonest(self._map, after), asking)
        return all(time >= PAUSE for time in again.values())

    def _comes_once(self, topic: str) -> bool:
        """Whether a yes to the topic begins one thing, and that once: cards, or the one start."""
        origin = self._yeses[topic]
        return self._never_ends and (not origin.starts or len(origin.places) == 1)


def _within(soonest: Mapping[Place, int], blocks: Blocks) -> dict[Place, int]:
    return {p: time for p, time in soonest.items() if (p.flow, p.block) in blocks}


def _origins(map: Map) -> tuple[dict[str, _Origin], dict[str, _Origin], list[Place]]:
    """Where threads begin: by a run's flow, by the topic of a lasting yes, and with any tap."""
    runs, yeses, taps = defaultdict(_Origin), defaultdict(_Origin), []
    for place, begins in map.starts():
        if begins.holds is Holds.NEW and map.is_lasting(begins.topic):
            yeses[begins.topic].places.append(place)
            yeses[begins.topic].starts += 1
        else:
            runs[place.flow].places.append(place)
    for (flow, block), node in map.nodes.items():
        asks = node.effect.asks if isinstance(node.effect, Sends) else ()
        lasting = {request.port: request.topic for request in asks if request.recurring}
        for port in node.choices:
            to = map.tapped(Place(flow, block), port)
            if to is not None:
                (yeses[lasting[port]].places if port in lasting else taps).append(to)
    return runs, yeses, taps


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

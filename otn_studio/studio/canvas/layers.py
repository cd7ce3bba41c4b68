"""A graph in layers, as few of its links crossing as a few sweeps can do; no coordinates yet.

Loops are cut where they lead back, everything else leads on to a later layer. Links that pass over
layers hold a place in each, so that they are kept apart from the nodes there. The same graph comes out
the same.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

Node = str | tuple[str, str, int]
"""A node by its name; or where a link passes over a layer: from, to, layer."""
Links = dict[Node, list[Node]]

SWEEPS = 12
FARTHEST = 8
"""A link that passes over more layers holds no places: it would need as many as there are nodes."""


def components(nodes: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The nodes that hang together, each group in the order of the nodes."""
    beside: dict[str, list[str]] = {node: [] for node in nodes}
    for node in nodes:
        for to in after[node]:
            beside[node].append(to)
            beside[to].append(node)
    group: dict[str, int] = {}
    for number, root in enumerate(nodes):
        waiting = [] if root in group else [root]
        while waiting:
            node = waiting.pop()
            if node not in group:
                group[node] = number
                waiting += beside[node]
    found: dict[int, list[str]] = {}
    for node in nodes:
        found.setdefault(group[node], []).append(node)
    return list(found.values())


def layered(
    nodes: Sequence[str], after: Mapping[str, Sequence[str]]
) -> tuple[list[list[Node]], Links, Links]:
    """The layers from left to right, each from top to bottom; what follows on each node, and leads
    there, in the layer beside it."""
    kept, order = _without_loops(nodes, after)
    layer = _numbered(kept, order)
    layers: list[list[Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in kept:
        layers[layer[node]].append(node)
    follows: Links = {}
    leads: Links = {}
    for node in kept:
        for to in kept[node]:
            for one, other in _steps(node, to, layer, layers):
                follows.setdefault(one, []).append(other)
                leads.setdefault(other, []).append(one)
    return _untangled(layers, follows, leads), follows, leads


def _numbered(kept: Mapping[str, Sequence[str]], order: Sequence[str]) -> dict[str, int]:
    """The layer of every node: after all that lead there, and what nothing leads to just before."""
    layer = dict.fromkeys(order, 0)
    for node in order:
        for to in kept[node]:
            layer[to] = max(layer[to], layer[node] + 1)
    entered = {to for found in kept.values() for to in found}
    for node in order:
        if kept[node] and node not in entered:
            layer[node] = min(layer[to] for to in kept[node]) - 1
    return layer


def _without_loops(
    nodes: Sequence[str], after: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], list[str]]:
    """The links that do not lead back, by nodes as one comes upon them; and an order in which all of
    those links lead on."""
    entered = {to for node in nodes for to in after[node]}
    kept: dict[str, list[str]] = {}
    finished: list[str] = []
    for root in sorted(nodes, key=entered.__contains__):
        if root in kept:
            continue
        kept[root] = []
        path, waiting = {root}, [(root, iter(after[root]))]
        while waiting:
            node, rest = waiting[-1]
            to = next((to for to in rest if to not in path), None)
            if to is None:
                waiting.pop()
                path.discard(node)
                finished.append(node)
                continue
            kept[node].append(to)
            if to not in kept:
                kept[to] = []
                path.add(to)
                waiting.append((to, iter(after[to])))
    return kept, finished[::-1]


def _steps(
    start: str, end: str, layer: Mapping[str, int], layers: list[list[Node]]
) -> Iterator[tuple[Node, Node]]:
    """A link from layer to layer."""
    passed = range(layer[start] + 1, layer[end])
    if len(passed) > FARTHEST:
        return
    places: list[Node] = [(start, end, number) for number in passed]
    for number, place in zip(passed, places, strict=True):
        layers[number].append(place)
    yield from zip([start, *places], [*places, end], strict=True)


def _untangled(layers: list[list[Node]], follows: Links, leads: Links) -> list[list[Node]]:
    """The best of some sweeps, each of which puts every node in the middle of its neighbours."""
    best, fewest = layers, _crossings(layers, follows)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        layers = _swept(layers, leads) if sweep % 2 == 0 else _swept(layers[::-1], follows)[::-1]
        crossings = _crossings(layers, follows)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _swept(layers: Iterable[list[Node]], beside: Links) -> list[list[Node]]:
    """Every layer ordered by where its neighbours are in the one before it."""
    done: list[list[Node]] = []
    place: dict[Node, float] = {}
    for layer in layers:
        wish = {
            node: sum(place[to] for to in found) / len(found)
            if (found := beside.get(node))
            else float(index)
            for index, node in enumerate(layer)
        }
        done.append(sorted(layer, key=wish.__getitem__))
        place = {node: float(index) for index, node in enumerate(done[-1])}
    return done


def _crossings(layers: list[list[Node]], follows: Links) -> int:
    count = 0
    for layer, following in pairwise(layers):
        place = {node: index for index, node in enumerate(following)}
        passed: list[int] = []
        for node in layer:
            ends = sorted(place[to] for to in follows.get(node, ()))
            count += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return count

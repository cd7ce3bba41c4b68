"""What follows on what: which nodes can be come to, and which go round in circles.

A graph library would take more of the studio's memory for these two than everything else in the checks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

Edge = tuple[str, str]
After = Mapping[str, Sequence[str]]


def reachable(edges: Iterable[Edge], starts: Iterable[str]) -> set[str]:
    """The nodes that can be come to, the starts among them.

    >>> sorted(reachable([("a", "b"), ("b", "c"), ("d", "a")], "a"))
    ['a', 'b', 'c']
    """
    found: set[str] = set()
    _visit(_after(edges), starts, found)
    return found


def circles(edges: Sequence[Edge]) -> Iterator[set[str]]:
    """The nodes that lead back to themselves, together with all that they share a circle with.

    >>> [sorted(circle) for circle in circles([("a", "b"), ("b", "a"), ("b", "c"), ("d", "d")])]
    [['d'], ['a', 'b']]
    """
    after, before = _after(edges), _after((to, start) for start, to in edges)
    seen: set[str] = set()
    for node in reversed(_finished(after)):
        if node not in seen:
            circle = _visit(before, [node], seen)
            if len(circle) > 1 or node in after[node]:
                yield circle


def _after(edges: Iterable[Edge]) -> After:
    after: dict[str, list[str]] = {}
    for start, to in edges:
        after.setdefault(start, []).append(to)
        after.setdefault(to, [])
    return after


def _visit(after: After, starts: Iterable[str], seen: set[str]) -> set[str]:
    """Those that were not seen before."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            found.add(node)
            waiting += after.get(node, ())
    return found


def _finished(after: After) -> list[str]:
    """The nodes as a walk in depth leaves them: those last that lead on to the others."""
    order: list[str] = []
    seen: set[str] = set()
    for root in after:
        path = [] if root in seen else [(root, iter(after[root]))]
        seen.add(root)
        while path:
            node, rest = path[-1]
            to = next((to for to in rest if to not in seen), None)
            if to is None:
                path.pop()
                order.append(node)
            else:
                seen.add(to)
                path.append((to, iter(after[to])))
    return order

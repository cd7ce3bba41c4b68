"""What is true of everybody who goes a certain way, for good: no block makes it untrue."""

from collections import defaultdict

from otn_studio.blocks.effect import Effect, Fact, Fetches, Hears, Passes, Sends, field_subject
from otn_studio.checks.proof.places import Map

Known = frozenset[Fact]


def heard_by(effect: Effect) -> Hears | None:
    """What a block listens to, if it does."""
    return (
        effect.hears if isinstance(effect, Sends) else effect if isinstance(effect, Hears) else None
    )


class Facts:
    """Knows what the blocks of a project set."""

    def __init__(self, map: Map) -> None:
        self._set: dict[str, set[Fact | None]] = defaultdict(set)
        for node in map.nodes.values():
            if isinstance(node.effect, Passes) and node.effect.sets:
                self._set[node.effect.sets].add(node.effect.sets_to)
            if isinstance(node.effect, Fetches | Sends):
                for subject in node.effect.sets:
                    self._set[subject].add(None)
            if (hears := heard_by(node.effect)) is not None and hears.field:
                self._set[field_subject(hears.field)].add(None)

    def after(self, known: Known, passes: Passes, port: str) -> Known | None:
        """What is known past a way out; none, where nobody of whom that is known can go it."""
        told = passes.facts.get(port, ())
        if any(fact.excludes(other) for fact in told for other in known):
            return None
        kept = [fact for fact in known if fact.subject != passes.sets]
        set_now = [passes.sets_to] if passes.sets_to else []
        return frozenset(fact for fact in (*kept, *set_now, *told) if self._lasts(fact))

    def without_field(self, known: Known, field: str) -> Known:
        """What is known when the field may have become something else."""
        return without(known, frozenset({field_subject(field)}))

    def _lasts(self, fact: Fact) -> bool:
        """Whether no block makes it untrue."""
        return not any(
            to is None or fact.aspect or fact.excludes(to) for to in self._set.get(fact.subject, ())
        )


def without(known: Known, subjects: frozenset[str]) -> Known:
    """What is known when these may have become something else."""
    return frozenset(fact for fact in known if fact.subject not in subjects)

"""The flows that belong to one Page and are checked together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from otn_studio.blocks import secret
from otn_studio.blocks.block import Start
from otn_studio.flow.document import Flow, Topic
from otn_studio.policy.profiles import CLASSIC, Rules


@dataclass(frozen=True)
class Project:
    """Flows by id, and the rules of Messenger that apply to their Page.

    ``secrets`` are the names of those that are set for it; none: nobody knows. ``missing`` are the
    files that flows send and that are not there, by the flow's id.
    """

    flows: Mapping[str, Flow] = field(default_factory=dict)
    rules: Rules = CLASSIC
    secrets: frozenset[str] | None = None
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, *flows: Flow, rules: Rules = CLASSIC, secrets: frozenset[str] | None = None
    ) -> "Project":
        return cls({flow.id: flow for flow in flows}, rules, secrets)

    def topic(self, id: str) -> Topic | None:
        """The topic of that id, which any of the flows may bring."""
        return next((flow.topics[id] for flow in self.flows.values() if id in flow.topics), None)

    def secrets_asked_for(self) -> frozenset[str]:
        """The names of the secrets that the flows ask for."""
        return frozenset(
            name
            for flow in self.flows.values()
            for block in flow.blocks.values()
            for _, option, text in block.filled_in()
            if option.secrets
            for name in secret.asked_for(text)
        )

    def starts(self) -> Iterator[tuple[Flow, str, Start]]:
        """Every start block of every flow, with its flow and id."""
        for flow in self.flows.values():
            for id, block in flow.blocks.items():
                if isinstance(block, Start):
                    yield flow, id, block

"""The shop's own program, which flows ask: it answers, fails or keeps silent, by chance."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from otn_studio.blocks.asking import TOO_SLOW
from otn_studio.runtime.errands.errands import REPEATABLE, Ended
from otn_studio.storage.engine.errands import Errand
from tests.simulation.agenda import Agenda
from tests.simulation.trace import Trace, Violation

SECONDS = (1, 5, 19)
ENDS = (
    *[Ended(status=200, body='{"size": 42}')] * 4,
    *(Ended(status=500), Ended(problem=TOO_SLOW, late=True)),
)


@dataclass
class Shop:
    """Whoever is not allowed to be asked twice is asked once, whatever happens to the engine."""

    agenda: Agenda
    random: Random
    trace: Trace
    asked: Counter[str] = field(default_factory=Counter)

    def ask(self, errand: Errand, take: Callable[[Ended], None]) -> None:
        """Do as asked, and answer after a while."""
        method = errand.what["method"]
        self.trace.note("asked the shop", method, errand.person_id)
        self.asked[errand.key] += 1
        if self.asked[errand.key] > 1 and method not in REPEATABLE:
            raise Violation("asked once", f"{method} {errand.what['url']} was done twice")
        after = timedelta(seconds=self.random.choice(SECONDS))
        self.agenda.put(after, partial(take, self.random.choice(ENDS)))

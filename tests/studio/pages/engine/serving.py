"""The system that keeps the engine running, and who knows of newer versions, in memory."""

from dataclasses import replace

from otn_studio.blocks.words import Problem
from otn_studio.studio.services.service import ServiceState
from otn_studio.studio.updates.release import Release


class FakeService:
    """As the real one, but nothing begins by itself."""

    def __init__(self, why_not: str = "") -> None:
        self.now = ServiceState(installed=False, running=False, why_not=why_not)
        self.problem = ""

    def state(self) -> ServiceState:
        return self.now

    def install(self) -> None:
        if self.problem:
            raise Problem(self.problem)
        self.now = replace(self.now, installed=True, running=True)

    def remove(self) -> None:
        self.now = replace(self.now, installed=False, running=False)


class FakeUpdates:
    """Knows one release, or none, and counts who asks."""

    version = "0.1.0"

    def __init__(self, release: Release | None = None) -> None:
        self.release = release
        self.asked = 0

    def newest(self) -> Release | None:
        self.asked += 1
        return self.release

"""What was due before a call has happened when the call is answered."""

from starlette.types import ASGIApp, Receive, Scope, Send

from otn_studio.emulator.world import World


class OnTime:
    """Lets the world catch up with its clock before each call, so that it needs no timer."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Catch up, then answer."""
        if scope["type"] == "http":
            self._world.catch_up()
        await self._app(scope, receive, send)

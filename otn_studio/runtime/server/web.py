"""The address of one process of several: webhooks where it takes them, health and figures anyway."""

from collections.abc import Mapping, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from otn_studio.messenger.webhook import Door
from otn_studio.runtime.receiving.web import Status, create_pages_app, status_routes
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.server import Server


def create_server_app(
    servers: Mapping[str, Server], doors: Sequence[Door], status: Status
) -> Starlette:
    """The web application of one process, which may be for several Pages."""

    def figures(request: Request) -> Response:
        waiting = {page_id: server.waiting() for page_id, server in servers.items()}
        return Response(metrics.shown(waiting), media_type=metrics.CONTENT_TYPE)

    if any(server.takes_webhooks for server in servers.values()):
        app = create_pages_app(servers, doors, status)
    else:
        app = Starlette(routes=status_routes(status))
    app.router.routes.append(Route("/metrics", figures))
    return app

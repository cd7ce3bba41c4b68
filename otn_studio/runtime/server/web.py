"""The address of one process of several: webhooks where it takes them, health and figures anyway."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from otn_studio.runtime.receiving.web import create_app, status_routes
from otn_studio.runtime.server import metrics
from otn_studio.runtime.server.server import Server


def create_server_app(
    server: Server, page_id: str, verify_token: str, app_secret: str
) -> Starlette:
    """The web application of one process."""

    def figures(request: Request) -> Response:
        return Response(server.metrics(), media_type=metrics.CONTENT_TYPE)

    if server.takes_webhooks:
        app = create_app(server, page_id, verify_token, app_secret)
    else:
        app = Starlette(routes=status_routes(server))
    app.router.routes.append(Route("/metrics", figures))
    return app

"""Running the site in a web server on this machine."""

import uvicorn

from kb.settings import Settings
from web.app import create_app


def run_server(settings: Settings) -> None:
    """Serve until stopped; raises what `create_app` raises before anything is served."""
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_level="info", server_header=False)

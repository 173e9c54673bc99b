"""The site, served by gunicorn."""

import gc
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from tourreg.cli.application import application

# The payments adapter may wait 21 s for Stripe.
REQUEST_SECONDS = 40


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the site by gunicorn; put a proxy before it that buffers and compresses."""
    app = application()
    gc.collect()
    gc.freeze()  # a collection in a web process leaves alone what it shares with the others
    Server(app, bind=bind, workers=workers, timeout=REQUEST_SECONDS, preload_app=True).run()


class Server(BaseApplication):
    """gunicorn before an application that is made once: web processes start at once and share what was loaded."""

    def __init__(self, app: Flask, **settings: Any) -> None:
        self._app = app
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app

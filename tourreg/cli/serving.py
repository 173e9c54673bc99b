"""The site, served by gunicorn."""

import os
import sys

import click

# The payments adapter may wait 21 s for Stripe.
REQUEST_SECONDS = 40


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the site by gunicorn; put a proxy before it that buffers and compresses."""
    options = ["--bind", bind, "--workers", str(workers), "--timeout", str(REQUEST_SECONDS)]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "wsgi:app"])  # noqa: S606

"""The command line: tourreg demo | serve | worker | db upgrade | create-admin | stripe-stand-in | doctor."""

import os
import sys
from pathlib import Path

import click
import flask_migrate
from flask import Flask

from tourreg import create_app
from tourreg.demo import show
from tourreg.settings import SettingsRefused, read_settings

# The payments adapter may wait 21 s for Stripe.
REQUEST_SECONDS = 40


@click.group()
def main() -> None:
    """Registration for summits, study tours, training forums and their host cities."""


@main.command()
@click.option(
    "--port", default=8000, show_default=True, help="The site's port; the stand-in for Stripe takes the next."
)
@click.option("--folder", default="instance/demo", show_default=True, help="Where the demo keeps what it needs.")
@click.option("--fresh", is_flag=True, help="Make the sample season anew.")
def demo(port: int, folder: str, fresh: bool) -> None:
    """Serve a sample season with its worker and a stand-in for Stripe, until Ctrl-C."""
    show.run(Path(folder).resolve(), port=port, fresh=fresh)


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the site by gunicorn; put a proxy before it that buffers and compresses."""
    options = ["--bind", bind, "--workers", str(workers), "--timeout", str(REQUEST_SECONDS)]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "wsgi:app"])  # noqa: S606


@main.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    with _app().app_context():
        flask_migrate.upgrade()


@main.command(
    "stripe-stand-in", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def stripe_stand_in(arguments: tuple[str, ...]) -> None:
    """Serve the stand-in for Stripe; for demos and tests."""
    os.execv(sys.executable, [sys.executable, "-m", "tourreg.adapters.stripe_stand_in", *arguments])  # noqa: S606


def _app() -> Flask:
    try:
        return create_app(read_settings())
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal

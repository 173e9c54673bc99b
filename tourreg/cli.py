"""The command line: what whoever runs tourreg types."""

import logging
import os
import sys
from pathlib import Path

import click
import flask_migrate
from flask import Flask
from flask_babel import force_locale

from tourreg import create_app
from tourreg.blueprints.office import security
from tourreg.db import writing
from tourreg.demo import show
from tourreg.doctor import Finding, examine
from tourreg.domain.accounts.commands import (
    AddressIsTaken,
    Credentials,
    add_staff,
    by_email,
    replace_credentials,
)
from tourreg.kernel import typed
from tourreg.kernel.clock import utc_now
from tourreg.settings import SettingsRefused, read_settings
from tourreg.worker import NoQueue
from tourreg.worker import serve as serve_worker

# The payments adapter may wait 21 s for Stripe.
REQUEST_SECONDS = 40
LONGEST_NAME = 120
# Who acted, in the history.
CONSOLE = "console"


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


@main.command("demo-codes")
@click.option("--folder", default="instance/demo", show_default=True, help="The demo's folder.")
def demo_codes(folder: str) -> None:
    """Tell what the authenticators of the demo's office show now."""
    click.echo("\n".join(show.codes(Path(folder).resolve())))


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the site by gunicorn; put a proxy before it that buffers and compresses."""
    options = ["--bind", bind, "--workers", str(workers), "--timeout", str(REQUEST_SECONDS)]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *options, "wsgi:app"])  # noqa: S606


@main.command()
@click.option("--threads", default=2, show_default=True, help="How many pieces of work are done at once.")
def worker(threads: int) -> None:
    """Send letters, make papers and end holds, until it is told to stop; it then finishes what it is at."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        serve_worker(_app(), threads=threads)
    except NoQueue as fault:
        raise click.ClickException("TOURREG_QUEUE_URL names no queue that a worker can serve.") from fault


@main.command()
def doctor() -> None:
    """Look at settings, database, worker, fonts, files and mail, and say what to do where one is not well."""
    with _app().app_context():
        findings = list(examine(now=utc_now()))
    for finding in (Finding("settings"), *findings):
        click.echo(f"{finding.part:9} {finding.fault or 'OK'}")
    sys.exit(any(finding.fault for finding in findings))


@main.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    with _app().app_context():
        flask_migrate.upgrade()


@main.command()
@click.option("--email", prompt="E-mail address")
@click.option("--name", prompt="Name")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def create_admin(email: str, name: str, language: str, password_stdin: bool) -> None:
    """Add an administrator of the office, and print the secret of their authenticator once."""
    email, name = typed.plain_width(email), typed.tidy(name)
    if not typed.is_email(email):
        raise click.UsageError(f"{email!r} is no whole address, as in name@example.org.")
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.UsageError(f"A name has 1 to {LONGEST_NAME} characters.")
    with _app().app_context(), force_locale("en"):
        password = _new_password(password_stdin)
        factor = security.new_second_factor(email)
        credentials = Credentials(security.hash_of(password), factor.stored)
        try:
            with writing():
                add_staff(name, email, ["administrator"], credentials, language=language, now=utc_now(), by=CONSOLE)
        except AddressIsTaken as refusal:
            raise click.ClickException(f"{refusal.email} has an account already; see reset-staff.") from refusal
        _print_factor(factor)


@main.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def reset_staff(email: str, password_stdin: bool) -> None:
    """Give a member of staff who lost phone or password a new password and authenticator, and sign them out."""
    with _app().app_context(), force_locale("en"):
        member = by_email(email)
        if member is None:
            raise click.ClickException(f"No member of staff has the address {email}.")
        password = _new_password(password_stdin)
        factor = security.new_second_factor(email)
        credentials = Credentials(security.hash_of(password), factor.stored)
        with writing():
            replace_credentials(member, credentials, now=utc_now(), by=CONSOLE)
        _print_factor(factor)


@main.command(
    "stripe-stand-in", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def stripe_stand_in(arguments: tuple[str, ...]) -> None:
    """Serve the stand-in for Stripe; for demos and tests."""
    os.execv(sys.executable, [sys.executable, "-m", "tourreg.adapters.stripe_stand_in", *arguments])  # noqa: S606


def _new_password(from_stdin: bool) -> str:
    if from_stdin:
        return _accepted(sys.stdin.readline().rstrip("\r\n"))
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, value_proc=_accepted)
    return typed


def _accepted(password: str) -> str:
    if faults := security.faults_of_password(password):
        raise click.UsageError(" ".join(faults))
    return password


def _print_factor(factor: security.SecondFactor) -> None:
    click.echo("Put this into an authenticator app now; it is not shown again.")
    click.echo(f"Key: {factor.secret}")
    click.echo(f"Address: {factor.address}")


def _app() -> Flask:
    try:
        return create_app(read_settings())
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal

"""The first administrator, and a way back for a member of staff who lost phone or password."""

import sys

import click
from flask_babel import force_locale

from tourreg.blueprints.office import security
from tourreg.cli.application import application
from tourreg.db import writing
from tourreg.domain.accounts.commands import (
    AddressIsTaken,
    Credentials,
    add_staff,
    by_email,
    replace_credentials,
)
from tourreg.kernel import typed
from tourreg.kernel.clock import utc_now

LONGEST_NAME = 120
# Who acted, in the history.
CONSOLE = "console"


@click.command()
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
    with application().app_context(), force_locale("en"):
        password = _new_password(password_stdin)
        factor = security.new_second_factor(email)
        credentials = Credentials(security.hash_of(password), factor.stored)
        try:
            with writing():
                add_staff(name, email, ["administrator"], credentials, language=language, now=utc_now(), by=CONSOLE)
        except AddressIsTaken as refusal:
            raise click.ClickException(f"{refusal.email} has an account already; see reset-staff.") from refusal
        _print_factor(factor)


@click.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def reset_staff(email: str, password_stdin: bool) -> None:
    """Give a member of staff who lost phone or password a new password and authenticator, and sign them out."""
    with application().app_context(), force_locale("en"):
        member = by_email(email)
        if member is None:
            raise click.ClickException(f"No member of staff has the address {email}.")
        password = _new_password(password_stdin)
        factor = security.new_second_factor(email)
        credentials = Credentials(security.hash_of(password), factor.stored)
        with writing():
            replace_credentials(member, credentials, now=utc_now(), by=CONSOLE)
        _print_factor(factor)


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

"""The database's schema."""

import click

from tourreg import schema
from tourreg.cli.application import application


@click.group()
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    schema.upgrade(application())

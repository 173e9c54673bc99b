"""The application that the environment describes, for the commands."""

import click
from flask import Flask

from tourreg import create_app
from tourreg.settings import SettingsRefused, read_settings


def application() -> Flask:
    """Return the application; settings that it cannot run with are named, a line for each, and end the command."""
    try:
        return create_app(read_settings())
    except SettingsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal

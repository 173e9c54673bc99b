"""The stand-in for Stripe, a server of its own."""

import os
import sys

import click


@click.command(
    "stripe-stand-in", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def stripe_stand_in(arguments: tuple[str, ...]) -> None:
    """Serve the stand-in for Stripe; for demos and tests."""
    os.execv(sys.executable, [sys.executable, "-m", "tourreg.adapters.stripe_stand_in", *arguments])  # noqa: S606

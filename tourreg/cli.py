"""The command line: tourreg demo | serve | worker | db upgrade | create-admin | stripe-stand-in | doctor."""

import click


@click.group()
def main() -> None:
    """Registration for summits, study tours, training forums and their host cities."""

"""The worker, until it is told to stop."""

import logging

import click

from tourreg.cli.application import application
from tourreg.worker import NoQueue
from tourreg.worker import serve as serve_worker


@click.command()
@click.option("--threads", default=2, show_default=True, help="How many pieces of work are done at once.")
def worker(threads: int) -> None:
    """Send letters, make papers and end holds, until it is told to stop; it then finishes what it is at."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        serve_worker(application(), threads=threads)
    except NoQueue as fault:
        raise click.ClickException("TOURREG_QUEUE_URL names no queue that a worker can serve.") from fault

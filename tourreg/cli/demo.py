"""The demo: a sample season, served on this machine."""

from pathlib import Path

import click

from tourreg.demo import show


@click.command()
@click.option(
    "--port", default=8000, show_default=True, help="The site's port; the stand-in for Stripe takes the next."
)
@click.option("--folder", default="instance/demo", show_default=True, help="Where the demo keeps what it needs.")
@click.option("--fresh", is_flag=True, help="Make the sample season anew.")
def demo(port: int, folder: str, fresh: bool) -> None:
    """Serve a sample season with its worker and a stand-in for Stripe, until Ctrl-C."""
    show.run(Path(folder).resolve(), port=port, fresh=fresh)


@click.command("demo-codes")
@click.option("--folder", default="instance/demo", show_default=True, help="The demo's folder.")
def demo_codes(folder: str) -> None:
    """Tell what the authenticators of the demo's office show now."""
    click.echo("\n".join(show.codes(Path(folder).resolve())))

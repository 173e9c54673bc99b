"""Whether everything is well, and what to do where it is not."""

import sys

import click

from tourreg.cli.application import application
from tourreg.doctor import Finding, examine
from tourreg.kernel.clock import utc_now


@click.command()
def doctor() -> None:
    """Look at settings, database, worker, fonts, files and mail, and say what to do where one is not well."""
    with application().app_context():
        findings = list(examine(now=utc_now()))
    for finding in (Finding("settings"), *findings):
        click.echo(f"{finding.part:9} {finding.fault or 'OK'}")
    sys.exit(any(finding.fault for finding in findings))

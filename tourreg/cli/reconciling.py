"""Stripe's lists compared with our books, from the console."""

from collections import Counter
from datetime import UTC, datetime

import click

from tourreg import reconciling
from tourreg.adapters.payments import PaymentsError
from tourreg.blueprints.office.desk_time import desk_zone
from tourreg.blueprints.outside import payments
from tourreg.cli.application import application
from tourreg.db import writing
from tourreg.domain.settlements import comparing, lookups
from tourreg.kernel import clock
from tourreg.kernel.clock import at_local_time
from tourreg.kernel.money import Money

BY = "console"


@click.command()
@click.option(
    "--since",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="First day to compare, in the office's zone.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what differs; change nothing.")
def reconcile(since: datetime, dry_run: bool) -> None:
    """Compare Stripe's own lists with the ledger: put right what is certain, lay the rest on the desk."""
    with application().app_context():
        begin = at_local_time(since.date(), since.time(), desk_zone())
        if begin > clock.utc_now():
            raise click.BadParameter("this day has not come yet", param_hint="--since")
        with writing():
            public_id = comparing.begin(begin, is_dry=dry_run, now=clock.utc_now(), by=BY).public_id
        try:
            while not reconciling.compare(public_id, payments(), now=clock.utc_now()):
                click.echo("… goes on")
        except PaymentsError as fault:
            raise click.ClickException(f"Stripe: {fault}") from fault
        click.echo(_summary(public_id))


def _summary(public_id: str) -> str:
    comparison = lookups.comparison_by_public_id(public_id)
    if comparison is None:
        raise LookupError(public_id)
    since = comparison.since.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    read = ", ".join(f"{count} {name}" for name, count in comparison.read.items())
    outcomes = Counter(finding["outcome"] for finding in comparison.findings)
    lines = [f"Since {since} Stripe has {read}.", *(_line(finding) for finding in comparison.findings)]
    counted = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    lines.append(f"{len(comparison.findings)} differences: {counted}." if counted else "Nothing differs.")
    return "\n".join(lines)


def _line(finding: dict[str, object]) -> str:
    minor = finding["amount_minor"]
    amount = str(Money(int(str(minor)), str(finding["currency"]))) if minor is not None else ""
    parts = [finding["outcome"], finding["kind"], finding["about"], finding["reference"], amount]
    return "  " + "  ".join(str(part) for part in parts if part)

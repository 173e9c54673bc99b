"""python -m bench [PART ...]: measure these parts, or all, and print one table; PARTS names them."""

import sys

from bench import (
    bank,
    batches,
    host_cities,
    invoices,
    ledger,
    machine,
    matching,
    offers,
    office,
    pages,
    papers,
    process,
    registering,
    stored,
    worker,
)
from bench.figures import HEADING

PARTS = {
    "pages": pages.figures,
    "registering": registering.figures,
    "papers": papers.figures,
    "invoices": invoices.figures,
    "stored": stored.figures,
    "batches": batches.figures,
    "office": office.figures,
    "ledger": ledger.figures,
    "bank": bank.figures,
    "matching": matching.figures,
    "offers": offers.figures,
    "host_cities": host_cities.figures,
    "process": process.figures,
    "worker": worker.figures,
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise SystemExit(f"bench: there is no part {unknown[0]!r}; the parts are {', '.join(PARTS)}")
    print(machine.described(), HEADING, sep="\n\n", flush=True)
    for name in names or PARTS:
        for figure in PARTS[name]():
            print(figure.row(), flush=True)


main(sys.argv[1:])

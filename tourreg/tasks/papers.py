"""Making the files of issued papers."""

from datetime import datetime

from tourreg import printing
from tourreg.blueprints.outside import files
from tourreg.domain.papers.commands import RENDER_PAPER
from tourreg.tasks.registry import Hopeless, task


@task(RENDER_PAPER)
def render_paper(paper: str, *, now: datetime) -> None:
    """Make PDF and twin of a paper; the letters that waited for them then leave."""
    try:
        printing.render_paper(paper, files(), now=now)
    except printing.CannotBePrinted as refusal:
        raise Hopeless(f"No font has {refusal.reason}") from refusal

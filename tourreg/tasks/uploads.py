"""Deleting files that were sent to be looked at and never taken over."""

from datetime import datetime

from tourreg.blueprints.outside import files
from tourreg.domain.outbox import uploads
from tourreg.tasks.registry import task


@task(uploads.FORGET_UPLOAD)
def forget(file: str, *, now: datetime) -> None:
    """Delete the file; one that was taken over is gone already."""
    files().remove(file)

"""Files that were sent to be looked at, and taken over or not."""

from __future__ import annotations

from datetime import datetime, timedelta

from tourreg.domain.outbox.commands import add_task

FORGET_UPLOAD = "forget_upload"
KEPT_FOR = timedelta(days=1)


def forget_upload(file: str, *, now: datetime) -> None:
    """Ask that a file which nobody takes over is deleted after a day."""
    add_task(FORGET_UPLOAD, {"file": file}, key=f"{FORGET_UPLOAD}:{file}", now=now, run_at=now + KEPT_FOR)

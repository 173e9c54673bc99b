"""What the worker does: one file for each area of work, each function registered for one kind of task."""

from tourreg.tasks import batches, event_refunds, hosting, letters, money, papers, routes, sign_in, travel, uploads

__all__ = [
    "batches",
    "event_refunds",
    "hosting",
    "letters",
    "money",
    "papers",
    "routes",
    "sign_in",
    "travel",
    "uploads",
]

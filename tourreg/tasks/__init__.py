"""What the worker does: one file for each area of work, each function registered for one kind of task."""

from tourreg.tasks import letters, money, papers, sign_in

__all__ = ["letters", "money", "papers", "sign_in"]

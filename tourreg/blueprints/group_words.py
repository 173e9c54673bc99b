"""What the groups of a divided programme are called."""

from flask_babel import lazy_gettext as _l

from tourreg.blueprints.gettext import _

GROUPS = {"a": _l("Group A"), "b": _l("Group B"), "guests": _l("Guest programme")}


def group_words(group: str) -> str:
    """Return what a group is called, also that somebody is in none."""
    return str(GROUPS[group]) if group in GROUPS else _("No group")

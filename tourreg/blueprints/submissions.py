"""The key that a form which creates something carries: sent a second time, it makes nothing new."""

import re
from collections.abc import Mapping

from tourreg.kernel.numbers import new_public_id

_KEY = re.compile(r"[\w-]{22}", re.ASCII)


def submission_key(typed: Mapping[str, str]) -> str:
    """Return the key of the form that was sent; a new one for a new page, or where the form has none of ours."""
    sent = typed.get("submission_key", "")
    return sent if _KEY.fullmatch(sent) else new_public_id()

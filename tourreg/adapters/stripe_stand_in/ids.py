"""Ids that look like Stripe's."""

from __future__ import annotations

import secrets
import string

_SIGNS = string.ascii_letters + string.digits


def new_id(prefix: str, length: int = 24) -> str:
    return f"{prefix}_{new_word(length)}"


def new_word(length: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(length))

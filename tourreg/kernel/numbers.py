"""Identifiers: public ids for URLs, and references that people retype on wires."""

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_public_id() -> str:
    """Return 128 random bits as 22 letters that are safe in a URL."""
    return secrets.token_urlsafe(16)


def new_reference(prefix: str) -> str:
    """Return a reference such as YZ27-7K3M9-Q: prefix, five random signs, one check sign (Crockford base32)."""
    body = "".join(secrets.choice(CROCKFORD) for _ in range(5))
    return f"{prefix}-{body}-{check_sign(body)}"


def new_code() -> str:
    """Return sixty random bits as twelve signs that people can retype (Crockford base32)."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(12))


def read_code(typed: str) -> str:
    """Return a code as it was made, whatever a person typed for it: small letters, hyphens, an O for a zero."""
    return typed.upper().replace("-", "").replace(" ", "").translate(_MISREAD)


def in_groups(code: str) -> str:
    """Return a code as people read it, four signs at a time."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def check_sign(body: str) -> str:
    """Return the sign that catches a mistyped sign and two neighbours that changed places.

    Crockford's own check may be a punctuation mark, which banks drop from a payment reference; this one never is.
    """
    weighted = sum(CROCKFORD.index(sign) * 3**place for place, sign in enumerate(body))
    return CROCKFORD[weighted % 31]


def read_reference(typed: str) -> str | None:
    """Return the reference a person typed, with misread letters put right, or None if its check sign is wrong."""
    parts = typed.strip().upper().replace(" ", "").replace("–", "-").split("-")
    if len(parts) != 3:
        return None
    prefix, body, check = parts[0], parts[1].translate(_MISREAD), parts[2].translate(_MISREAD)
    if len(body) != 5 or any(sign not in CROCKFORD for sign in body) or check_sign(body) != check:
        return None
    return f"{prefix}-{body}-{check}"

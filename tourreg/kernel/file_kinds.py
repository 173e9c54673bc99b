"""What a file is, told from its first bytes and never from its name."""

# Each kind with the bytes that it begins with, and the ending of its name.
_BEGINNINGS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}


def kind_of(content: bytes) -> str:
    """Return "pdf", "png" or "jpeg"; "" for anything else."""
    return next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), "")

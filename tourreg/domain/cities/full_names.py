"""What a Chinese place is called in full: its name and the kind of place that it is."""

_KINDS = ("市", "县", "区", "镇", "旗")


def in_full(name: str) -> str:
    """Return the Chinese name with its kind; one that says none is a city's (扬州市), and an empty one stays so."""
    return name if not name or name.endswith(_KINDS) else f"{name}市"

"""What this process holds of the machine's memory, and what of it the machine may have again."""

import ctypes
import gc
from pathlib import Path

_STATUS = Path("/proc/self/status")
_OWN = "RssAnon:"


def give_back() -> None:
    """Return free memory to the machine, where the C library can (glibc): left alone it keeps what papers needed."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def own_megabytes() -> float:
    """Return what this process holds for itself alone, open files left out; 0 where the system does not tell."""
    lines = _STATUS.read_text("ascii").splitlines() if _STATUS.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(_OWN)), 0.0)

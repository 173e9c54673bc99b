"""What is free in this process, and the machine may have again."""

import ctypes
import gc


def give_back() -> None:
    """Return free memory to the machine, where the C library can (glibc): left alone it keeps what papers needed."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)

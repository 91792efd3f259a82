"""How long work takes on an otherwise idle machine, measured on a busy one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """Of this process alone, and without the garbage collector, which would go through what other tests have left."""
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()

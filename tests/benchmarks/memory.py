"""The most memory a stretch of work took."""

import resource
from contextlib import suppress
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def reset_peak() -> None:
    """Let the next `peak_megabytes` count from now; elsewhere than on Linux it counts the whole process."""
    with suppress(OSError):
        _CLEAR.write_text("5")


def peak_megabytes() -> float:
    """Return the most resident memory of this process since `reset_peak`, in MB, what was there before included."""
    with suppress(OSError, StopIteration):
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1_024 / 1e6  # the kernel says kB and means 1,024 bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024 / 1e6

"""CPU time of processes, their children included: what a question costs, whoever else uses the machine. Linux tells it; elsewhere it is not known."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")


def children(pid: int | str = "self") -> set[int]:
    """The processes that a process has started and that still run."""
    found: set[int] = set()
    for listed in PROC.glob(f"{pid}/task/*/children"):
        found |= {int(child) for child in listed.read_text(encoding="ascii").split()}
    return found


def spent(pids: Iterable[int]) -> float:
    """Milliseconds that the threads of these and of everything below them have computed so far; those that ended are not counted."""
    total = 0.0
    for pid in pids:
        for thread in PROC.glob(f"{pid}/task/*/schedstat"):
            try:
                total += int(thread.read_text(encoding="ascii").split()[0]) / 1e6
            except (FileNotFoundError, ProcessLookupError):  # a thread that has just ended
                continue
        total += spent(children(pid))
    return total

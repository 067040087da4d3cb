"""The watch on resident memory: what the workers hold together stays under one number.

Address-space limits bound each worker by itself where the system has them; this bounds all of them together. It reads /proc, so it works on
Linux. Elsewhere the sum is not known, and what remains is the engine's own memory limit and the wall clock.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from analyst.process import Process

PAUSE = 0.05
TOLD = Path("/proc/self/statm").exists()  # whether this system says what a process holds
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_mb(pid: int) -> float | None:
    """Memory that a process holds now; None where the system does not tell, 0 when it is gone."""
    try:
        file = os.open(f"/proc/{pid}/statm", os.O_RDONLY)
    except OSError:
        return 0.0 if TOLD else None
    try:
        return int(os.read(file, 200).split()[1]) * _PAGE / 2**20
    except (OSError, IndexError):  # it went while we looked
        return 0.0
    finally:
        os.close(file)


@dataclass(slots=True)
class Watch:
    """Kills the largest busy worker while all together hold more than `most_mb`. all, busy: the processes as they are now.

    It looks by the clock of the event loop and has no thread: one that each question wakes costs a small question a fifth of its time.
    """

    most_mb: int
    all: Callable[[], Collection[Process]]
    busy: Callable[[], Collection[Process]]
    killed: set[int] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """A question starts: from now on look every PAUSE seconds, as long as any runs."""
        loop = asyncio.get_running_loop()
        if TOLD and self._loop is not loop:
            self._loop = loop
            loop.call_later(PAUSE, self._run, loop)

    def look(self) -> float:
        """Look once, and kill if it is too much; MB in all."""
        held = {worker: resident_mb(worker.pid) or 0.0 for worker in self.all()}
        total = sum(held.values())
        largest = max(self.busy(), key=lambda worker: held.get(worker, 0.0), default=None)
        if total > self.most_mb and largest is not None:
            self.killed.add(largest.pid)
            largest.kill()
        return total

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is not loop:
            return
        if self.busy():
            self.look()
            loop.call_later(PAUSE, self._run, loop)
        else:
            self._loop = None

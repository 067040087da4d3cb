"""The watch on resident memory: what the workers hold together stays under one number.

Address-space limits bound each worker by itself where the system has them; this bounds all of them together. It reads /proc, so it works on
Linux. Elsewhere the sum is not known, and what remains is the engine's own memory limit and the wall clock.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from analyst.process import Process

PAUSE = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_mb(pid: int) -> float | None:
    """Memory that a process holds now; None where the system does not tell, 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 2**20
    except FileNotFoundError:
        return 0.0 if Path("/proc/self/statm").exists() else None
    except (OSError, ValueError, IndexError):
        return None


@dataclass(slots=True)
class Watch:
    """Kills the largest busy worker while all together hold more than `most_mb`. all, busy: the processes as they are now."""

    most_mb: int
    all: Callable[[], Collection[Process]]
    busy: Callable[[], Collection[Process]]
    killed: set[int] = field(default_factory=set)
    _awake: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def wake(self) -> None:
        """A question starts. Cheap: the thread sleeps only while nothing runs."""
        if not self._awake.is_set():
            self._awake.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="memory watch")
                self._thread.start()

    def look(self) -> float:
        """Look once, and kill if it is too much; MB in all."""
        held = {worker: resident_mb(worker.pid) or 0.0 for worker in self.all()}
        total = sum(held.values())
        largest = max(self.busy(), key=lambda worker: held.get(worker, 0.0), default=None)
        if total > self.most_mb and largest is not None:
            self.killed.add(largest.pid)
            largest.kill()
        return total

    def _run(self) -> None:
        while resident_mb(os.getpid()) is not None:
            self._awake.wait()
            time.sleep(PAUSE)
            if not self.busy():
                self._awake.clear()
                if not self.busy():
                    continue
                self._awake.set()
            self.look()

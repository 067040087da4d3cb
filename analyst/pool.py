"""The workers: as many questions at a time as there are slots, warm spares beside them, and a kill for whoever is late.

A worker starts blank, is opened on one snapshot and stays with it; a new snapshot gets new workers, and the old ones end when they are done.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.to_thread

from analyst.errors import MirrorMissing, OutOfBudget, from_record
from analyst.process import Process, spawn
from analyst.settings import Settings
from analyst.snapshot import Snapshot

GRACE = 0.5  # seconds after which a worker that did not stop by itself is killed
OPEN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answered statement: the snapshot it came from, rows shown, rows in all (None: not counted), cuts, relations, and the shaped text."""

    snapshot: Snapshot
    shown: int
    total: int | None
    cuts: tuple[str, ...]
    relations: tuple[str, ...]
    columns: tuple[str, ...]
    text: str

    @property
    def rows(self) -> list[list[Any]]:
        """The shaped rows as values."""
        found: list[list[Any]] = json.loads(f"{{{self.text}}}")["rows"]
        return found


@dataclass(slots=True)
class Pool:
    """Workers for the snapshots that questions are about. first: a process started early, taken as the first blank one."""

    settings: Settings
    first: Process | None = None
    _idle: list[tuple[str, Process]] = field(default_factory=list)
    _blank: list[Process] = field(default_factory=list)
    _busy: set[Process] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _slots: anyio.Semaphore | None = None
    _closed: bool = False

    def __post_init__(self) -> None:
        if self.first is not None:
            self._blank.append(self.first)

    async def ask(
        self, snapshot: Snapshot, sql: str, size: Mapping[str, int], parameters: Mapping[str, Any] | None = None
    ) -> Reply:
        """Run one statement on one snapshot in a worker. Raises AnalystError. A cancelled question's worker is killed."""
        if self._slots is None:
            self._slots = anyio.Semaphore(self.settings.workers)
        request = json.dumps({"sql": sql, "size": size, "parameters": parameters or {}}).encode() + b"\n"
        async with self._slots:
            worker = await self._take(snapshot)
            try:
                reply = await self._exchange(worker, request, self.settings.seconds + GRACE)
            except BaseException:
                # Late, cancelled or dead: nobody may meet this worker again.
                self._end(worker)
                self._refill()
                raise
            self._busy.discard(worker)
            if self._closed:
                worker.end()
            else:
                with self._lock:
                    self._idle.append((snapshot.name, worker))
                self._refill()
        head, text = reply
        if "error" in head:
            raise from_record(head["error"])
        return Reply(
            snapshot,
            head["shown"],
            head["total"],
            tuple(head["cuts"]),
            tuple(head["relations"]),
            tuple(head["columns"]),
            text.decode("utf-8"),
        )

    async def _exchange(self, worker: Process, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        try:
            with anyio.fail_after(seconds):
                return await anyio.to_thread.run_sync(worker.exchange, request, abandon_on_cancel=True)
        except TimeoutError:
            raise OutOfBudget(
                f"it ran longer than {self.settings.seconds:g} s", fix="narrow the dates or aggregate first"
            ) from None
        except EOFError:
            raise OutOfBudget(
                "it used more CPU time or memory than one statement may", fix="filter or aggregate earlier"
            ) from None

    async def _take(self, snapshot: Snapshot) -> Process:
        """A worker opened on this snapshot. Raises MirrorMissing when it cannot be opened."""
        if (ready := self._ready(snapshot)) is not None:
            return ready
        with self._lock:
            self._blank = [worker for worker in self._blank if worker.alive]
            blank = self._blank.pop() if self._blank else None
        worker: Process = blank if blank is not None else await anyio.to_thread.run_sync(spawn)
        self._busy.add(worker)
        try:
            head, _ = await self._exchange(worker, self._order(snapshot), OPEN_SECONDS)
        except OutOfBudget:
            self._end(worker)
            raise MirrorMissing("the worker process did not start", fix="run: analyst status") from None
        except BaseException:
            self._end(worker)
            raise
        if "error" in head:
            # Still blank: the next snapshot can be opened in it without waiting for another start.
            self._busy.discard(worker)
            with self._lock:
                self._blank.append(worker)
            raise from_record(head["error"])
        return worker

    def _order(self, snapshot: Snapshot) -> bytes:
        order = {
            "file": str(snapshot.file),
            "catalog": str(snapshot.catalog_file),
            "as_of": snapshot.as_of.isoformat(),
            "memory_mb": self.settings.memory_mb,
            "threads": self.settings.threads,
            "seconds": self.settings.seconds,
        }
        return json.dumps(order).encode() + b"\n"

    def _ready(self, snapshot: Snapshot) -> Process | None:
        """An idle worker of this snapshot; those of other snapshots, and the dead, are let go."""
        with self._lock:
            kept = [(name, worker) for name, worker in self._idle if name == snapshot.name and worker.alive]
            old = [worker for name, worker in self._idle if (name, worker) not in kept]
            found = kept.pop()[1] if kept else None
            self._idle = kept
            if found is not None:
                self._busy.add(found)
        for worker in old:
            worker.end()
        return found

    def _end(self, worker: Process) -> None:
        self._busy.discard(worker)
        worker.kill()

    def _refill(self) -> None:
        """Keep the spares warm, off the path of the answer."""
        if not self._closed and len(self._blank) < self.settings.spares:
            threading.Thread(target=self._add_spare, daemon=True).start()

    def _add_spare(self) -> None:
        worker = spawn()
        with self._lock:
            if not self._closed and len(self._blank) < self.settings.spares:
                self._blank.append(worker)
                return
        worker.end()

    def close(self) -> None:
        """End every worker; questions still running fail."""
        self._closed = True
        with self._lock:
            rest = [*self._blank, *(worker for _, worker in self._idle), *self._busy]
            self._blank, self._idle = [], []
        for worker in rest:
            worker.kill(wait=True)

    def reopen(self) -> None:
        """Allow workers again after close."""
        self._closed = False
        self._slots = None

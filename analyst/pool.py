"""The workers: as many questions at a time as there are slots, warm spares beside them, and a kill for whoever is late.

A worker starts blank, is opened on one snapshot and stays with it; a new snapshot gets new workers, and the old ones end when they are done.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.to_thread

from analyst.errors import Busy, MirrorMissing, OutOfBudget, from_record
from analyst.process import WATCHABLE, Answer, Process, spawn
from analyst.settings import Settings
from analyst.snapshot import Snapshot
from analyst.watch import Watch

GRACE = 0.5  # seconds after which a worker that did not stop by itself is killed
OPEN_SECONDS = 30.0
SHORT = 1 << 15  # bytes that fit a pipe whatever the other side does: written without a thread


@dataclass(frozen=True, slots=True)
class Reply:
    """An answered statement: the snapshot it came from, rows shown, rows in all (None: not counted), cuts, relations, and the shaped text.

    untrusted: the columns that hold text from outside. cautions: why the statement may be wrong although it ran. lasting: another run over
    the same snapshot gives the same. ran: the statement that ran instead of one that did not run as it was sent; ran_as: what is different.
    """

    snapshot: Snapshot
    shown: int
    total: int | None
    cuts: tuple[str, ...]
    relations: tuple[str, ...]
    untrusted: tuple[str, ...]
    text: str
    cautions: tuple[str, ...] = ()
    lasting: bool = False
    ran: str = ""
    ran_as: tuple[str, ...] = ()

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
    _busy: dict[Process, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _slots: anyio.Semaphore | None = None
    _waiting: int = 0
    _closed: bool = False
    _watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        if self.first is not None:
            self._blank.append(self.first)
        self._watch = Watch(self.settings.resident_mb, self.workers, lambda: tuple(self._busy))

    def workers(self) -> list[Process]:
        """Every process there is."""
        with self._lock:
            return [*self._blank, *(worker for _, worker in self._idle), *self._busy]

    async def ask(
        self, snapshot: Snapshot, sql: str, size: Mapping[str, int], parameters: Mapping[str, Any] | None = None
    ) -> Reply:
        """Run one statement on one snapshot in a worker. Raises AnalystError. A cancelled question's worker is killed."""
        question = {"sql": sql, "size": size, "parameters": parameters or {}}
        async with self._slot():
            worker = self._ready(snapshot) or await self._open(snapshot)
            until = time.monotonic() + self.settings.seconds  # opening is not the statement's time
            head, text = await self._asked(worker, snapshot, question, until)
            if cut := bool(head.get("again")):
                # It was short of memory: in a fresh worker, with long cells cut before they are copied, it may do.
                worker = self._ready(snapshot) or await self._open(snapshot)
                head, text = await self._asked(worker, snapshot, question | {"narrow": True}, until)
        if "error" in head:
            raise from_record(head["error"])
        return Reply(
            snapshot,
            head["shown"],
            head["total"],
            tuple(head["cuts"]),
            tuple(head["relations"]),
            tuple(head["untrusted"]),
            text.decode("utf-8"),
            tuple(head["cautions"]),
            head["lasting"] and not cut,  # what was short of memory now may be answered whole the next time
            head.get("ran", ""),
            tuple(head.get("ran_as", ())),
        )

    async def _asked(self, worker: Process, snapshot: Snapshot, question: Mapping[str, Any], until: float) -> Answer:
        self._watch.wake()
        try:
            line = json.dumps(question).encode() + b"\n"
            answer = await self._exchange(worker, line, until - time.monotonic() + GRACE, snapshot)
        except BaseException:
            # Late, cancelled or dead: nobody may meet this worker again.
            self._end(worker)
            self._refill()
            raise
        self._return(snapshot, worker, fit=not answer[0].get("fatal"))
        return answer

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        """One of the places for questions that run; the queue before them is bounded in length and in time. Raises Busy."""
        if self._slots is None:
            self._slots = anyio.Semaphore(self.settings.workers, fast_acquire=True)
        slots = self._slots
        try:
            slots.acquire_nowait()
        except anyio.WouldBlock:
            if self._waiting >= self.settings.queue:
                raise self._too_many() from None
            self._waiting += 1
            try:
                with anyio.fail_after(self.settings.patience):
                    await slots.acquire()
            except TimeoutError:
                raise self._too_many() from None
            finally:
                self._waiting -= 1
        try:
            yield
        finally:
            slots.release()

    def _too_many(self) -> Busy:
        first = min(self._busy.values(), default=time.monotonic()) + self.settings.seconds - time.monotonic()
        wait = max(1, math.ceil(first))
        return Busy(f"{len(self._busy)} questions run and {self._waiting} wait; ask again in {wait} s")

    async def _exchange(self, worker: Process, request: bytes, seconds: float, snapshot: Snapshot) -> Answer:
        try:
            with anyio.fail_after(seconds):
                if not WATCHABLE:
                    return await anyio.to_thread.run_sync(worker.exchange, request, abandon_on_cancel=True)
                return await _converse(worker, request)
        except TimeoutError:
            why = f"it ran longer than {self.settings.seconds:g} s: narrow the dates or aggregate first"
            raise OutOfBudget(why, fix=snapshot.example) from None
        except EOFError:
            why = "it used more CPU time or memory than one statement may: filter or aggregate earlier"
            if worker.pid in self._watch.killed:
                self._watch.killed.discard(worker.pid)
                why = "the questions that run now used too much memory together: filter earlier, or ask again"
            raise OutOfBudget(why, fix=snapshot.example) from None

    def _return(self, snapshot: Snapshot, worker: Process, *, fit: bool) -> None:
        """After an answer: back to the idle, unless it said that it is done for."""
        with self._lock:
            self._busy.pop(worker, None)
            keep = fit and not self._closed
            if keep:
                self._idle.append((snapshot.name, worker))
        if not keep:
            worker.end()
        self._refill()

    async def _open(self, snapshot: Snapshot) -> Process:
        """A worker opened on this snapshot. Raises MirrorMissing when it cannot be opened."""
        with self._lock:
            self._blank = [worker for worker in self._blank if worker.alive]
            blank = self._blank.pop() if self._blank else None
        worker: Process = blank if blank is not None else await anyio.to_thread.run_sync(spawn)
        with self._lock:
            self._busy[worker] = time.monotonic()
        try:
            head, _ = await self._exchange(worker, self._order(snapshot), OPEN_SECONDS, snapshot)
        except OutOfBudget:
            self._end(worker)
            raise MirrorMissing("the worker process did not start", fix="run: analyst status") from None
        except BaseException:
            self._end(worker)
            raise
        if "error" in head:
            # Still blank: the next snapshot can be opened in it without waiting for another start.
            with self._lock:
                self._busy.pop(worker, None)
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
        """An idle worker of this snapshot; those of older snapshots, and the dead, are let go.

        Newer ones wait: a receipt that is replayed on an old snapshot must not cost the next question its worker. Names are moments.
        """
        with self._lock:
            kept = [(name, worker) for name, worker in self._idle if name >= snapshot.name and worker.alive]
            old = [worker for name, worker in self._idle if (name, worker) not in kept]
            fit = next((pair for pair in reversed(kept) if pair[0] == snapshot.name), None)
            found = fit[1] if fit else None
            self._idle = [pair for pair in kept if pair is not fit]
            if found is not None:
                self._busy[found] = time.monotonic()
        for worker in old:
            worker.end()
        return found

    def _end(self, worker: Process) -> None:
        with self._lock:
            self._busy.pop(worker, None)
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
        rest = self.workers()
        with self._lock:
            self._blank, self._idle = [], []
        for worker in rest:
            worker.kill(wait=True)

    def reopen(self) -> None:
        """Allow workers again after close."""
        self._closed = False
        self._slots = None


async def _converse(worker: Process, request: bytes) -> Answer:
    """One exchange on the event loop itself: a small question needs no thread."""
    try:
        if len(request) <= SHORT:
            worker.begin(request)
        else:
            await anyio.to_thread.run_sync(worker.begin, request, abandon_on_cancel=True)
        while (answer := worker.take()) is None:
            await anyio.wait_readable(worker.source)
        return answer
    finally:
        worker.finish()

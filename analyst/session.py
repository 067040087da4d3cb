"""A question from its snapshot to its line in the audit log."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import anyio

from analyst.audit import Audit, bounded
from analyst.errors import AnalystError, MirrorMissing
from analyst.snapshot import Mirror, Snapshot

STEADY_TRIES = 20


@dataclass(slots=True)
class Note:
    """What the audit log keeps of one answer; rows: None where rows say nothing."""

    snapshot: str = ""
    rows: int | None = None
    receipt: str = ""


Answer = Callable[[Snapshot, Note], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Session:
    """Answers each question on one snapshot and records how it went, whatever became of it."""

    mirror: Mirror
    audit: Audit

    async def ask(self, tool: str, arguments: Mapping[str, Any], answer: Answer) -> str:
        """The text of the answer. Raises what `answer` raises, and AuditFailed: what cannot be recorded is not told."""
        note = Note()
        started = time.monotonic()
        outcome = "failed"
        try:
            text = await self._steady(note, answer)
            outcome = "answered"
        except AnalystError as error:
            outcome = f"refused:{error.rule}" if error.rule else type(error).__name__
            raise
        except anyio.get_cancelled_exc_class():
            outcome = "cancelled"
            raise
        finally:
            self.audit.write(
                {
                    "tool": tool,
                    "arguments": bounded(arguments),
                    "snapshot": note.snapshot,
                    "outcome": outcome,
                    "rows": note.rows,
                    "receipt": note.receipt,
                    "ms": round((time.monotonic() - started) * 1000, 1),
                }
            )
        return text

    async def _steady(self, note: Note, answer: Answer) -> str:
        """A snapshot pruned under the question is followed by the newer one."""
        for attempt in range(STEADY_TRIES):
            snapshot = self.mirror.current()
            note.snapshot = snapshot.name
            try:
                return await answer(snapshot, note)
            except MirrorMissing:
                if attempt + 1 == STEADY_TRIES or self.mirror.current().name == snapshot.name:
                    raise
        raise MirrorMissing("snapshots are replaced faster than they can be opened")

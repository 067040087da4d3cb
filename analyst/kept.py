"""Answers kept in memory: the same statement over the same snapshot has the same answer, so it is not run again.

Kept is what another run could only repeat: a statement that draws nothing by lot and asks no clock, answered whole and counted. A new
snapshot empties the memory. What is spared is the worker; who may ask, the audit log and the receipt are of every question.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analyst.pool import Reply
from analyst.snapshot import Snapshot

ENTRY = 2000  # bytes of an entry beside its texts

Ask = Callable[..., Awaitable[Reply]]
Question = tuple[str, tuple[tuple[str, int], ...], tuple[tuple[str, Any], ...]]


@dataclass(slots=True)
class Kept:
    """The last answers of one snapshot, `most` bytes of them. ask_worker: what runs a statement."""

    ask_worker: Ask
    most: int
    bytes: int = 0
    _of: Snapshot | None = None
    _replies: OrderedDict[Question, Reply] = field(default_factory=OrderedDict)

    async def ask(
        self, snapshot: Snapshot, sql: str, size: Mapping[str, int], parameters: Mapping[str, Any] | None = None
    ) -> Reply:
        """The answer of a statement, from memory or from a worker. Raises AnalystError; an error is never kept."""
        if self._of is not snapshot:  # published anew, be it under the same name
            self._replies.clear()
            self._of, self.bytes = snapshot, 0
        question = (sql, tuple(size.items()), tuple(sorted((parameters or {}).items())))
        if (known := self._replies.get(question)) is not None:
            self._replies.move_to_end(question)
            return known
        reply = await self.ask_worker(snapshot, sql, size, parameters)
        if reply.lasting and reply.total is not None and self._of is snapshot:
            self._keep(question, reply)
        return reply

    def _keep(self, question: Question, reply: Reply) -> None:
        if question in self._replies:  # asked twice at once
            return
        self._replies[question] = reply
        self.bytes += _weight(question, reply)
        while self.bytes > self.most:
            self.bytes -= _weight(*self._replies.popitem(last=False))


def _weight(question: Question, reply: Reply) -> int:
    """Roughly how much memory an entry takes, in bytes."""
    sql, _, parameters = question
    return ENTRY + sys.getsizeof(sql) + sys.getsizeof(reply.text) + sum(sys.getsizeof(str(p)) for p in parameters)

"""The engine behind its guard: a text is judged, and the very text that was judged is parsed once more and run. Runs in the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import duckdb

from analyst.case import Checked
from analyst.errors import Refused
from analyst.guard import Guard

SERIALIZE = "SELECT json_serialize_sql(?::VARCHAR)"
REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement that passed the guard, parsed once more into what the engine runs."""

    checked: Checked
    statement: duckdb.Statement


@dataclass(slots=True)
class Engine:
    """One connection and the guard before it; one statement at a time."""

    con: duckdb.DuckDBPyConnection
    guard: Guard
    ready: dict[str, Ready] = field(default_factory=dict)
    serializer: duckdb.Statement | None = None

    def serialize(self, sql: str) -> str:
        """The engine's own parse of a text."""
        if self.serializer is None:
            self.serializer = self.con.extract_statements(SERIALIZE)[0]
        row = self.con.execute(self.serializer, [sql]).fetchone()
        return str(row[0]) if row else ""

    def check(self, sql: str, names: frozenset[str] = frozenset()) -> Ready:
        """The guard's verdict, remembered for texts that passed. names: of the parameters that will be bound. Raises AnalystError."""
        if (known := self.ready.get(sql)) is not None and known.checked.parameters <= names:
            return known
        checked = self.guard.check(sql, self.serialize, names)
        statements = self.con.extract_statements(checked.core)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            # The guard has read one SELECT; what would run is something else.
            raise Refused("one SELECT at a time", fix=self.guard.example(), rule="guard.one_statement")
        if len(self.ready) >= REMEMBERED:
            self.ready.clear()
        self.ready[sql] = ready = Ready(checked, statements[0])
        return ready

    def again(self, text: str, values: Mapping[str, Any] | None) -> None:
        """Run a statement that was made of one that passed: what it adds passes too."""
        self.free()
        self.guard.check(text, self.serialize, frozenset(values or ()))
        self.con.execute(text, values)

    def free(self) -> None:
        """Leave no result open. Never fails: what cannot be freed shows in the next statement."""
        with suppress(duckdb.Error, MemoryError):
            self.con.abort()

    @contextmanager
    def until(self, moment: float) -> Iterator[None]:
        """Whatever runs at this moment of the monotonic clock is interrupted."""
        timer = threading.Timer(max(0.01, moment - time.monotonic()), self.con.interrupt)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

"""One statement from text to shaped rows: run behind its guard, mended first where it can only have meant one thing. Runs in the worker."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from analyst import failure, narrow, reading, result
from analyst.advice import Advice, Spent
from analyst.case import Checked
from analyst.engine import Engine, Ready
from analyst.errors import AnalystError, Refused
from analyst.rows import Rows

COUNT_SECONDS = 3.0
DRAWN = ("it draws by lot: another run gives other rows",)
_READERS: Mapping[str, Any] = {"date": date.fromisoformat, "int": int, "money": Decimal, "text": str}


def bind(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a certified statement: [type, text] each, typed before the engine sees them."""
    return {name: None if given is None else _READERS[given[0]](given[1]) for name, given in parameters.items()}


class _Stopped(Exception):
    """A statement that did not run, and what to say of it."""

    def __init__(self, sql: str, told: failure.Told) -> None:
        super().__init__(told.error.why)
        self.sql = sql
        self.told = told


@dataclass(slots=True)
class Desk:
    """An opened file, asked one statement at a time. seconds, threads: what one statement may use."""

    engine: Engine
    seconds: float
    threads: int
    advice: Advice = field(init=False)

    def __post_init__(self) -> None:
        self.advice = Advice(self.engine)

    def answer(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Check, run and shape one statement, mended first where it can only have meant one thing.

        Raises AnalystError, and Spent when this process must not be asked again.
        """
        sql: str = request["sql"]
        started = time.monotonic()
        first: _Stopped | None = None
        notes = dict[str, None]()
        tried = {sql}
        while True:
            try:
                head, text = self._once(sql, request, started)
            except _Stopped as stopped:
                first = first or stopped
                certified = bool(request.get("parameters"))
                over = certified or len(tried) > reading.ROUNDS
                mend = None if over else self.advice.certain(sql, stopped.told.error)
                if mend is None or mend.sql in tried:
                    raise self._told(first, stopped, started) from None
                sql, notes = mend.sql, notes | dict.fromkeys(mend.notes)
                tried.add(sql)
            else:
                return head | ({"ran": sql, "ran_as": [reading.short(note) for note in notes]} if notes else {}), text

    def _once(self, sql: str, request: Mapping[str, Any], started: float) -> tuple[dict[str, Any], bytes]:
        """Check, run and shape a statement as it is. Raises _Stopped with what to say, and Spent."""
        size = result.Size(**request["size"])
        given = bind(request.get("parameters") or {})
        named: tuple[str, ...] = ()
        try:
            ready = self.engine.check(sql, frozenset(given))
            named = tuple(sorted(ready.checked.relations))
            values = {name: given[name] for name in ready.checked.parameters} or None
            if request.get("narrow"):
                return self._shaped(*self._narrowed(ready, values, size), ready.checked, size)
            self.engine.con.execute(ready.statement, values)
            columns = [(str(d[0]), str(d[1])) for d in self.engine.con.description or ()]
            if exact := narrow.exact(ready.checked.core, columns):
                self.engine.again(exact, values)
            rows = Rows(self.engine.con)
            body = result.shape([name for name, _ in columns], rows.first(size.rows + 1), size)
            total = self._count(ready.checked, values, started, rows) if body.more else body.shown
        except AnalystError as error:
            raise _Stopped(sql, self.advice.teller(sql, named).refused(error)) from None
        except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
            told = self.advice.teller(sql, named).told(error)
            if failure.fatal(error):
                short = failure.short_of_memory(error)
                if short:
                    self.engine.free()
                raise Spent(told.error, broken=not short, again=short and not request.get("narrow")) from None
            self.engine.free()
            raise _Stopped(sql, told) from None
        return self._shaped(body, total, columns, ready.checked, size)

    def _told(self, first: _Stopped, last: _Stopped, started: float) -> AnalystError:
        """The error of a statement as far as it could be mended; as it was written, where only then a fix is found, or where it was refused."""
        until = started + self.seconds
        error, mended = self.advice.of(first.sql, last.sql, last.told, until)
        if not mended and first is not last:
            other, mended = self.advice.of(first.sql, first.sql, first.told, until)
            refused = isinstance(other, Refused) and not isinstance(error, Refused)
            return other if mended or refused else error
        return error

    @staticmethod
    def _shaped(
        body: result.Body, total: int | None, columns: list[tuple[str, str]], checked: Checked, size: result.Size
    ) -> tuple[dict[str, Any], bytes]:
        text = body.text.encode("utf-8", "replace")
        head: dict[str, Any] = {
            "bytes": len(text),
            "shown": body.shown,
            "total": total,
            "cuts": [*body.cuts, *DRAWN[: checked.drawn]],
        }
        head |= {
            "relations": sorted(checked.relations),
            "untrusted": tuple(map(result.column, checked.marks.marked(columns[: size.columns], len(columns)))),
            "cautions": checked.cautions,
            "lasting": checked.lasting,
        }
        return head, text

    def _narrowed(
        self, ready: Ready, values: Mapping[str, Any] | None, size: result.Size
    ) -> tuple[result.Body, int | None, list[tuple[str, str]]]:
        """The same statement with its long cells cut by the engine, so that none of them is ever copied whole."""
        core = ready.checked.core
        described = self.engine.con.execute(f"SELECT * FROM (\n{core}\n) LIMIT 0", values).description or ()
        columns = [(str(d[0]), str(d[1])) for d in described]
        self.engine.again(narrow.statement(core, columns, size), values)
        body = result.shape(
            [name for name, _ in columns[: size.columns]], Rows(self.engine.con).first(size.rows + 1), size
        )
        cuts = (f"long cells are cut at {narrow.letters(size)} characters", *body.cuts)
        if len(columns) > size.columns:
            cuts += (result.too_wide(size.columns, len(columns)),)
        total = self._count(ready.checked, values, time.monotonic()) if body.more else body.shown
        return result.Body(body.text, body.shown, body.more, cuts), total, columns

    def _count(
        self, checked: Checked, values: Mapping[str, Any] | None, started: float, rows: Rows | None = None
    ) -> int | None:
        """How many rows there are in all; None when counting takes too long.

        The rows still to come are fetched for as long as the first ones took: what is heavy to begin has few rows, and is not begun
        twice. Otherwise the engine counts them, which for many light rows is quicker than to fetch them.
        """
        if checked.drawn:  # another draw has another count
            self.engine.free()
            return None
        now = time.monotonic()
        left = min(COUNT_SECONDS, self.seconds - (now - started))
        if left <= 0:
            self.engine.free()
            return None
        counted = f"SELECT count(*) FROM (\n{checked.core}\n)"
        with self.engine.until(now + left):
            try:
                if rows is not None and rows.ended(now + min(now - started, left)):
                    return rows.taken
                self.engine.again(counted, values)
                row = self.engine.con.fetchone()
            except (duckdb.Error, AnalystError) as error:
                if failure.fatal(error):
                    raise
                self.engine.free()
                return None
        return int(row[0]) if row else None

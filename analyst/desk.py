"""An open serving file and its guard: checks a statement, runs it, shapes what came, and mends what did not work. Runs in the worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import duckdb

from analyst import edits, failure, narrow, reading, result
from analyst.case import Checked
from analyst.errors import AnalystError, QueryFailed, Refused
from analyst.guard import Guard
from analyst.parsed import Mend
from analyst.rows import Rows

SERIALIZE = "SELECT json_serialize_sql(?::VARCHAR)"
COUNT_SECONDS = 3.0
ADVICE_SECONDS = 1.0  # of this process's CPU: what a busy machine leaves it decides no answer
ADVICE_WAIT = 4.0
TRIES = 40  # texts that are tried for one answer
PROPOSALS = 12
MISTAKES = 8  # of one statement that are mended together
BRANCHES = 2  # ways that are followed when a mend meets the next mistake
REMEMBERED = 256
DRAWN = ("it draws by lot: another run gives other rows",)
_READERS: Mapping[str, Any] = {"date": date.fromisoformat, "int": int, "money": Decimal, "text": str}


def bind(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a certified statement: [type, text] each, typed before the engine sees them."""
    return {name: None if given is None else _READERS[given[0]](given[1]) for name, given in parameters.items()}


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement that passed the guard, parsed once more into what the engine runs."""

    checked: Checked
    statement: duckdb.Statement


class Spent(Exception):
    """An answer after which this process may not be fit for another. broken: the engine itself is not what it was.

    again: the same statement may do with its long cells cut.
    """

    def __init__(self, error: AnalystError, *, broken: bool, again: bool) -> None:
        super().__init__(error.why)
        self.error = error
        self.broken = broken
        self.again = again


class _Stopped(Exception):
    """A statement that did not run, and what to say of it."""

    def __init__(self, sql: str, told: failure.Told) -> None:
        super().__init__(told.error.why)
        self.sql = sql
        self.told = told


@dataclass(slots=True)
class Desk:
    """One connection, used for one statement at a time."""

    con: duckdb.DuckDBPyConnection
    guard: Guard
    seconds: float
    threads: int
    ready: dict[str, Ready] = field(default_factory=dict)
    serializer: duckdb.Statement | None = None

    def serialize(self, sql: str) -> str:
        """The engine's own parse of a text."""
        if self.serializer is None:
            self.serializer = self.con.extract_statements(SERIALIZE)[0]
        row = self.con.execute(self.serializer, [sql]).fetchone()
        return str(row[0]) if row else ""

    def check(self, sql: str, names: frozenset[str]) -> Ready:
        """The guard's verdict, remembered for texts that passed."""
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
                mend = None if certified or len(tried) > reading.ROUNDS else self._mend(sql, stopped.told.error)
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
            ready = self.check(sql, frozenset(given))
            named = tuple(sorted(ready.checked.relations))
            values = {name: given[name] for name in ready.checked.parameters} or None
            if request.get("narrow"):
                return self._shaped(*self._narrowed(ready, values, size), ready.checked, size)
            self.con.execute(ready.statement, values)
            columns = [(str(d[0]), str(d[1])) for d in self.con.description or ()]
            if exact := narrow.exact(ready.checked.core, columns):
                self._again(exact, values)
            rows = Rows(self.con)
            body = result.shape([name for name, _ in columns], rows.first(size.rows + 1), size)
            total = self._count(ready.checked, values, started, rows) if body.more else body.shown
        except AnalystError as error:
            raise _Stopped(
                sql, failure.Teller(sql, self.guard.catalog, named, self.guard.as_of).refused(error)
            ) from None
        except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
            told = failure.Teller(sql, self.guard.catalog, named, self.guard.as_of).told(error)
            if failure.fatal(error):
                short = failure.short_of_memory(error)
                if short:
                    self._free()
                raise Spent(told.error, broken=not short, again=short and not request.get("narrow")) from None
            self._free()
            raise _Stopped(sql, told) from None
        return self._shaped(body, total, columns, ready.checked, size)

    def _mend(self, sql: str, error: AnalystError) -> Mend | None:
        return reading.mended(sql, error, self.guard.catalog, self.guard.as_of, self.serialize)

    def _and_sure(self, sql: str, told: failure.Told) -> failure.Told:
        """What is said of a mend that does not run, with the certain mend of it before those that are only likely."""

        def mends() -> Iterator[str]:
            if (mend := self._mend(sql, told.error)) is not None:
                yield mend.sql
            given = sql, told.error, self.guard.catalog, self.guard.as_of, self.serialize
            if (shown := reading.offered(*given)) is not None:
                yield shown
            yield from reading.likely(*given)
            yield from told.mends

        return replace(told, mends=mends())

    def _told(self, first: _Stopped, last: _Stopped, started: float) -> AnalystError:
        """The error of a statement as far as it could be mended; as it was written, where only then a fix is found."""
        error, mended = self._advised(first.sql, last, started)
        if not mended and first is not last:
            error, _ = self._advised(first.sql, first, started)
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
        described = self.con.execute(f"SELECT * FROM (\n{core}\n) LIMIT 0", values).description or ()
        columns = [(str(d[0]), str(d[1])) for d in described]
        self._again(narrow.statement(core, columns, size), values)
        body = result.shape([name for name, _ in columns[: size.columns]], Rows(self.con).first(size.rows + 1), size)
        cuts = (f"long cells are cut at {narrow.letters(size)} characters", *body.cuts)
        if len(columns) > size.columns:
            cuts += (result.too_wide(size.columns, len(columns)),)
        total = self._count(ready.checked, values, time.monotonic()) if body.more else body.shown
        return result.Body(body.text, body.shown, body.more, cuts), total, columns

    def _again(self, text: str, values: Mapping[str, Any] | None) -> None:
        """Run a statement that was made of one that passed: what it adds passes too."""
        self._free()
        self.guard.check(text, self.serialize, frozenset(values or ()))
        self.con.execute(text, values)

    def _free(self) -> None:
        """Leave no result open. Never fails: what cannot be freed shows in the next statement."""
        with suppress(duckdb.Error, MemoryError):
            self.con.abort()

    def _count(
        self, checked: Checked, values: Mapping[str, Any] | None, started: float, rows: Rows | None = None
    ) -> int | None:
        """How many rows there are in all; None when counting takes too long.

        The rows still to come are fetched for as long as the first ones took: what is heavy to begin has few rows, and is not begun
        twice. Otherwise the engine counts them, which for many light rows is quicker than to fetch them.
        """
        if checked.drawn:  # another draw has another count
            self._free()
            return None
        now = time.monotonic()
        left = min(COUNT_SECONDS, self.seconds - (now - started))
        if left <= 0:
            self._free()
            return None
        counted = f"SELECT count(*) FROM (\n{checked.core}\n)"
        timer = threading.Timer(left, self.con.interrupt)
        timer.start()
        try:
            if rows is not None and rows.ended(now + min(now - started, left)):
                return rows.taken
            self._free()
            self.guard.check(counted, self.serialize, frozenset(values or ()))
            row = self.con.execute(counted, values).fetchone()
        except (duckdb.Error, AnalystError) as error:
            if failure.fatal(error):
                raise
            self._free()
            return None
        finally:
            timer.cancel()
            timer.join()
        return int(row[0]) if row else None

    def _advised(self, asked: str, stopped: _Stopped, started: float) -> tuple[AnalystError, bool]:
        """The error with the first mend that passes the guard and runs, and whether there is one; with its example where none does.

        asked: the statement as the caller wrote it, which the mend is told of.
        """
        error, told = stopped.told.error, self._and_sure(stopped.sql, stopped.told)
        until = min(started + self.seconds, time.monotonic() + ADVICE_WAIT)
        if len(asked) > failure.MENDABLE:
            return error, False
        spent = time.process_time() + ADVICE_SECONDS
        mended = self._mended(told, asked, {edits.flat(asked)}, (until, spent), MISTAKES)
        if mended is None and told.instead and error.holds(told.instead) and self._fails(told.instead, until) is None:
            return error.with_fix(told.instead), True
        return (error, False) if mended is None else (error.with_mend(asked, mended) or error, True)

    def _mended(
        self, told: failure.Told, asked: str, tried: set[str], until: tuple[float, float], mistakes: int
    ) -> str | None:
        """The first mend that runs and can be told; a statement with several mistakes is mended one by one."""
        followed = 0
        for proposal in islice(told.mends, PROPOSALS):
            flat = edits.flat(proposal)
            if flat in tried or len(tried) > TRIES or time.monotonic() >= until[0] or time.process_time() >= until[1]:
                continue
            tried.add(flat)
            if (again := self._fails(proposal, until[0])) is None:
                if told.error.with_mend(asked, proposal) is not None:
                    return proposal
            elif mistakes > 1 and followed < BRANCHES and again.error.why != told.error.why:
                followed += 1  # one slip less: the next one first, before other ways for this one
                if (mended := self._mended(again, asked, tried, until, mistakes - 1)) is not None:
                    return mended
        return None

    def _fails(self, sql: str, until: float) -> failure.Told | None:
        """What is said of a mend that does not run; None when it does."""
        named: tuple[str, ...] = ()
        timer = threading.Timer(max(0.01, until - time.monotonic()), self.con.interrupt)
        timer.start()
        try:
            ready = self.check(sql, frozenset())
            named = tuple(sorted(ready.checked.relations))
            self.con.execute(ready.statement).fetchmany(1)
            self._free()
        except AnalystError as error:
            self._free()
            return self._and_sure(sql, failure.Teller(sql, self.guard.catalog, named, self.guard.as_of).refused(error))
        except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
            if failure.fatal(error):
                raise Spent(
                    QueryFailed("the engine could not run it", fix=self.guard.example()), broken=True, again=False
                ) from None
            self._free()
            return self._and_sure(sql, failure.Teller(sql, self.guard.catalog, named, self.guard.as_of).told(error))
        finally:
            timer.cancel()
            timer.join()
        return None

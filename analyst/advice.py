"""What is said of a statement that failed: the first mend that passes the guard and runs, tried here before it is shown. Runs in the worker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import duckdb

from analyst import edits, failure, pivoted, reading
from analyst.engine import Engine
from analyst.errors import AnalystError, QueryFailed
from analyst.parsed import Mend

SECONDS = 1.0  # of this process's CPU: what a busy machine leaves it decides no answer
WAIT = 4.0  # seconds by the clock, of which one try gets SECONDS at most
TRIES = 40  # texts that are tried for one answer
PROPOSALS = 12
MISTAKES = 8  # of one statement that are mended together
SLIPS = 4  # of the question for the columns of a PIVOT
BRANCHES = 2  # ways that are followed when a mend meets the next mistake


class Spent(Exception):
    """An answer after which this process may not be fit for another. broken: the engine itself is not what it was.

    again: the same statement may do with its long cells cut.
    """

    def __init__(self, error: AnalystError, *, broken: bool, again: bool) -> None:
        super().__init__(error.why)
        self.error = error
        self.broken = broken
        self.again = again


@dataclass(slots=True)
class _Search:
    """One search for a mend. asked: the caller's statement; until: its last moment; spent: the CPU time at which it ends; tried: its texts."""

    asked: str
    until: float
    spent: float
    tried: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.tried = {edits.flat(self.asked)}

    def takes(self, proposal: str) -> bool:
        """Whether this text is still to be tried; from now on it counts as tried."""
        flat = edits.flat(proposal)
        over = len(self.tried) > TRIES or time.monotonic() >= self.until or time.process_time() >= self.spent
        if over or flat in self.tried:
            return False
        self.tried.add(flat)
        return True


@dataclass(frozen=True, slots=True)
class Advice:
    """Mends of failed statements over one engine."""

    engine: Engine

    def certain(self, sql: str, error: AnalystError) -> Mend | None:
        """The mend of a statement that can only have meant one thing."""
        guard = self.engine.guard
        return reading.mended(sql, error, guard.catalog, guard.as_of, self.engine.serialize)

    def _listed(self, sql: str) -> Iterator[str]:
        """A PIVOT with the values that its columns are made of, to be shown: the guard runs none that learns its columns from rows."""
        pivot = pivoted.read(sql) if len(sql) <= reading.READABLE else None
        if pivot is not None and (written := pivot.written(self._values(pivot.values))):
            yield written

    def _values(self, sql: str) -> list[object]:
        """The first column of a statement, mended like any; empty where it does not run."""
        guard = self.engine.guard
        for _ in range(SLIPS):
            try:
                with self.engine.until(time.monotonic() + SECONDS):
                    self.engine.con.execute(self.engine.check(sql).statement)
                    found = [row[0] for row in self.engine.con.fetchall()]
            except AnalystError as error:
                told = error
            except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
                told = self.teller(sql, ()).told(error).error
                if failure.fatal(error):
                    raise Spent(told, broken=True, again=False) from None
            else:
                self.engine.free()
                return found
            self.engine.free()
            mend = reading.mended(sql, told, guard.catalog, guard.as_of, self.engine.serialize)
            if mend is None:
                break
            sql = mend.sql
        return []

    def of(self, asked: str, sql: str, told: failure.Told, until: float) -> tuple[AnalystError, bool]:
        """The error with the first mend that passes the guard and runs, and whether there is one; with its example where none does.

        asked: the statement as the caller wrote it, which the mend is told of; sql: what it had become when it failed.
        until: the moment at which the statement's own time is up. Raises Spent.
        """
        error, told = told.error, self._and_sure(sql, told)
        if len(asked) > failure.MENDABLE:
            return error, False
        search = _Search(asked, min(until, time.monotonic() + WAIT), time.process_time() + SECONDS)
        if (mended := self._mended(told, search, MISTAKES)) is not None:
            return error.with_mend(asked, mended) or error, True
        if told.instead and error.holds(told.instead) and self._fails(told.instead, search) is None:
            return error.with_fix(told.instead), True
        return error, False

    def teller(self, sql: str, named: tuple[str, ...]) -> failure.Teller:
        """What words a failure. named: the relations that the statement reads, as far as they are known."""
        return failure.Teller(sql, self.engine.guard.catalog, named, self.engine.guard.as_of)

    def _and_sure(self, sql: str, told: failure.Told) -> failure.Told:
        """What is said of a mend that does not run, with the certain mend of it before those that are only likely."""

        def mends() -> Iterator[str]:
            if pivoted.REASON in told.error.why:
                yield from self._listed(sql)
            if (mend := self.certain(sql, told.error)) is not None:
                yield mend.sql
            guard = self.engine.guard
            given = sql, told.error, guard.catalog, guard.as_of, self.engine.serialize
            if (shown := reading.offered(*given)) is not None:
                yield shown
            yield from reading.likely(*given)
            yield from told.mends

        return replace(told, mends=mends())

    def _mended(self, told: failure.Told, search: _Search, mistakes: int) -> str | None:
        """The first mend that runs and can be told; a statement with several mistakes is mended one by one."""
        followed = 0
        for proposal in islice(told.mends, PROPOSALS):
            if not search.takes(proposal):
                continue
            if (again := self._fails(proposal, search)) is None:
                if told.error.with_mend(search.asked, proposal) is not None:
                    return proposal
            elif mistakes > 1 and followed < BRANCHES and again.error.why != told.error.why:
                followed += 1  # one slip less: the next one first, before other ways for this one
                if (mended := self._mended(again, search, mistakes - 1)) is not None:
                    return mended
        return None

    def _fails(self, sql: str, search: _Search) -> failure.Told | None:
        """What is said of a mend that does not run; None when it does."""
        engine = self.engine
        named: tuple[str, ...] = ()
        with engine.until(min(search.until, time.monotonic() + SECONDS)):
            try:
                ready = engine.check(sql)
                named = tuple(sorted(ready.checked.relations))
                engine.con.execute(ready.statement).fetchmany(1)
                engine.free()
            except AnalystError as error:
                engine.free()
                return self._and_sure(sql, self.teller(sql, named).refused(error))
            except (duckdb.Error, MemoryError, ValueError, OverflowError) as error:
                if failure.fatal(error):
                    failed = QueryFailed("the engine could not run it", fix=engine.guard.example())
                    raise Spent(failed, broken=True, again=False) from None
                engine.free()
                return self._and_sure(sql, self.teller(sql, named).told(error))
        return None

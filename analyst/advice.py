"""What is said of a statement that failed: the first mend that passes the guard and runs, tried here before it is shown. Runs in the worker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import duckdb

from analyst import failure, reading
from analyst.engine import Engine
from analyst.errors import AnalystError, QueryFailed
from analyst.parsed import Mend

SECONDS = 1.0
PROPOSALS = 12
MISTAKES = 5  # of one statement that are mended together
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


@dataclass(frozen=True, slots=True)
class Advice:
    """Mends of failed statements over one engine."""

    engine: Engine

    def certain(self, sql: str, error: AnalystError) -> Mend | None:
        """The mend of a statement that can only have meant one thing."""
        guard = self.engine.guard
        return reading.mended(sql, error, guard.catalog, guard.as_of, self.engine.serialize)

    def of(self, sql: str, told: failure.Told, until: float) -> tuple[AnalystError, bool]:
        """The error with the first mend that passes the guard and runs, and whether there is one; with its example where none does.

        until: the moment at which the statement's own time is up. Raises Spent.
        """
        error, told = told.error, self._and_sure(sql, told)
        until = min(until, time.monotonic() + SECONDS)
        if len(sql) > failure.MENDABLE:
            return error, False
        mended = self._mended(told, {sql}, until, MISTAKES)
        if mended is None and told.instead and error.holds(told.instead) and self._fails(told.instead, until) is None:
            mended = told.instead
        return (error, False) if mended is None else (error.with_fix(mended), True)

    def teller(self, sql: str, named: tuple[str, ...]) -> failure.Teller:
        """What words a failure. named: the relations that the statement reads, as far as they are known."""
        return failure.Teller(sql, self.engine.guard.catalog, named, self.engine.guard.as_of)

    def _and_sure(self, sql: str, told: failure.Told) -> failure.Told:
        """What is said of a mend that does not run, with the certain mend of it before those that are only likely."""

        def mends() -> Iterator[str]:
            if (mend := self.certain(sql, told.error)) is not None:
                yield mend.sql
            guard = self.engine.guard
            shown = reading.offered(sql, told.error, guard.catalog, guard.as_of, self.engine.serialize)
            if shown is not None:
                yield shown
            yield from told.mends

        return replace(told, mends=mends())

    def _mended(self, told: failure.Told, tried: set[str], until: float, mistakes: int) -> str | None:
        """The first mend that runs; a statement with several mistakes is mended one by one."""
        failed: list[failure.Told] = []
        for proposal in islice(told.mends, PROPOSALS):
            flat = " ".join(proposal.split())
            if flat in tried or time.monotonic() >= until:
                continue
            tried.add(flat)
            if (again := self._fails(flat, until)) is not None:
                failed.append(again)
            elif told.error.holds(flat):
                return flat
        if mistakes > 1:
            for again in failed[:BRANCHES]:
                if (mended := self._mended(again, tried, until, mistakes - 1)) is not None:
                    return mended
        return None

    def _fails(self, sql: str, until: float) -> failure.Told | None:
        """What is said of a mend that does not run; None when it does."""
        engine = self.engine
        named: tuple[str, ...] = ()
        with engine.until(until):
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

"""Attack the user's own mirror with the shipped corpus, through the tool `query` as a host would, and look into its file besides.

Every case is asked of real workers behind the real guard; honest statements must run, attacks must end as their corpus says.
Attacks that are only expected to end in time run with a lower time limit, which the report states.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from analyst import audit, corpus, functions, metrics, reconcile
from analyst.corpus import Case
from analyst.errors import AnalystError, AuditFailed, Busy, MirrorMissing, OutOfBudget, Refused
from analyst.evidence import Ending, Outcome, Report
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror, Pinned, Snapshot
from analyst.tools import Analyst

T = TypeVar("T")
R = TypeVar("R")

SHORT_SECONDS = 0.3
LATE = 1.0  # beyond the time limit
HEADER_BYTES = 8 * 1024
ERROR_BYTES = 480
EXAMINE_SECONDS = 900
SMALL, SMALL_TRIES = "SELECT 1 AS one", 5
# Whether these fail depends on the rows of a mirror. Answered, they tell of published relations; their errors are searched for values.
BY_ROWS = frozenset({"error_values"})
MEASURED = (
    "guard.honest_sql", "worker.replaced", "result.bounded", "state.nothing_kept", "errors.no_paths", "errors.short",
    "errors.fix_runs", "audit.everything", "audit.chain", "file.as_published",
)  # fmt: skip
EXAMINED = (
    "file.published_only", "file.no_source_keys", "file.no_credentials", "file.no_freed_blocks", "errors.no_values",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """How a statement ended: text of the answer or of the error."""

    ending: Ending
    text: str
    seconds: float
    rule: str = ""
    fix: str = ""


@dataclass(slots=True)
class Desk:
    """Asks one analyst, and notes every error with its statement, every fix, and whatever is wrong about them."""

    analyst: Analyst
    snapshot: Snapshot
    found: dict[str, list[str]]
    asked: int = 0
    errors: dict[tuple[str, str], None] = field(default_factory=dict)
    fixes: dict[str, str] = field(default_factory=dict)

    async def ask(self, sql: str, name: str) -> Answer:
        """Ask one statement. name: how the report calls it."""
        self.asked += 1
        started = time.monotonic()
        try:
            text = await self.analyst.query(sql)
        except AnalystError as error:
            answer = Answer(_ending(error), error.payload(), time.monotonic() - started, error.rule, error.fix)
            self._error(sql, answer, name)
            return answer
        except (EOFError, OSError, ValueError, KeyError) as error:
            return Answer("broken", type(error).__name__, time.monotonic() - started)
        if len(text.encode()) > self.analyst.settings.bytes + HEADER_BYTES:
            self.found["result.bounded"].append(f"the answer of {name} is larger than its limit")
        return Answer("answered", text, time.monotonic() - started)

    def _error(self, sql: str, answer: Answer, name: str) -> None:
        self.errors[sql.encode("utf-8", "replace").decode()[:20_000], answer.text] = None
        if re.match(r"(SELECT|FROM|WITH)\b", answer.fix):
            self.fixes.setdefault(answer.fix, name)
        if len(answer.text.encode("utf-8", "replace")) > ERROR_BYTES:
            self.found["errors.short"].append(f"the error of {name} is longer than {ERROR_BYTES} bytes")
        data = str(self.analyst.settings.data.resolve())
        hidden = (data, self.snapshot.file.name, str(Path.home()), sys.prefix, "Did you mean", "Candidate bindings")
        if any(word in answer.text and word not in sql for word in hidden if len(word) > 1):
            self.found["errors.no_paths"].append(f"the error of {name} holds a path or a name of the engine's")


def _ending(error: AnalystError) -> Ending:
    if isinstance(error, MirrorMissing | AuditFailed | Busy):
        return "broken"
    return "refused" if isinstance(error, Refused) else "bounded" if isinstance(error, OutOfBudget) else "failed"


def held(case: Case, ending: Ending) -> bool:
    """Whether a case ended as strongly as its corpus says."""
    if case.expect == "bounded" or (case.topic in BY_ROWS and case.expect == "failed"):
        return ending not in ("late", "broken")
    if case.expect == "failed":
        return ending in ("refused", "failed", "bounded")
    return ending == case.expect


async def _each(items: Iterable[T], lanes: int, ask: Callable[[T], Awaitable[R]]) -> list[R]:
    """Results in the order of the items, so many at a time."""
    numbered = enumerate(items)
    results: dict[int, R] = {}

    async def lane() -> None:
        for number, item in numbered:
            results[number] = await ask(item)

    async with anyio.create_task_group() as group:
        for _ in range(lanes):
            group.start_soon(lane)
    return [results[number] for number in sorted(results)]


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(slots=True)
class Run:
    """One selfcheck: usual answers under the user's limits, short for what is only expected to end in time."""

    settings: Settings
    snapshot: Snapshot
    folder: Path
    found: dict[str, list[str]] = field(default_factory=dict)

    def desk(self, settings: Settings) -> Desk:
        """A way to ask under some limits, recorded in an audit log of this run's own."""
        known = metrics.read()
        settings = replace(settings, kept_mb=0)  # every question is to reach a worker
        log = audit.Audit(self.folder, "selfcheck", settings.role)
        pinned = Pinned(settings.data, settings.role, snapshot=self.snapshot)
        return Desk(
            Analyst(settings, pinned, Pool(settings), log, known, reconcile.read(known)), self.snapshot, self.found
        )

    async def check(self, cases: Sequence[Case]) -> list[Outcome]:
        """Ask every case: honest statements, then attacks, bombs last; then what shows that nothing of them stayed."""
        self.found |= {name: [] for name in (*MEASURED, *EXAMINED)}
        before = _sha256(self.snapshot.file)
        usual, short = self.desk(self.settings), self.desk(replace(self.settings, seconds=SHORT_SECONDS))
        outcomes: dict[str, Outcome] = {}
        try:
            counts = [(await usual.ask(sql, "a count")).text for sql in self._counts()]
            for expect in ("answered", "refused", "failed", "bounded"):
                desk = short if expect == "bounded" else usual

                async def ask(case: Case, desk: Desk = desk) -> Outcome:
                    return await self._case(case, desk)

                chosen = [case for case in cases if case.expect == expect]
                for outcome in await _each(chosen, self.settings.workers, ask):
                    # A busy machine delays one answer; what is not stopped is late again with nothing beside it.
                    late = outcome.ending == "late"
                    outcomes[outcome.case.id] = await ask(outcome.case) if late else outcome
            if counts != [(await usual.ask(sql, "a count")).text for sql in self._counts()]:
                self.found["state.nothing_kept"].append("a count of the same relation is another one after the attacks")
            for fix, name in sorted((short.fixes | usual.fixes).items()):
                if (await usual.ask(fix, f"the fix of {name}")).ending != "answered":
                    self.found["errors.fix_runs"].append(f"the fix offered for {name} does not run")
        finally:
            for desk in (usual, short):
                desk.analyst.pool.close()
                desk.analyst.audit.close()
        self._audited(usual.asked + short.asked)
        self._hashes(before, _sha256(self.snapshot.file))
        await anyio.to_thread.run_sync(self._examine, list({**usual.errors, **short.errors}))
        ordered = [outcomes[case.id] for case in cases]
        self.found["guard.honest_sql"] += [
            f"{o.case.id} is not allowed" for o in ordered if o.case.kind == "legal" and not o.held
        ]
        return ordered

    async def _case(self, case: Case, desk: Desk) -> Outcome:
        if case.expect == "bounded" and not await self._small(desk):
            self.found["worker.replaced"].append(f"a small question before {case.id} was not answered")
        answer = await desk.ask(case.sql, case.id)
        late = answer.seconds > desk.analyst.settings.seconds + LATE
        ending: Ending = "late" if late else answer.ending
        return Outcome(case, ending, held(case, ending), answer.rule)

    @staticmethod
    async def _small(desk: Desk) -> bool:
        """Whether a small question is answered; under so short a limit a new worker on a busy machine may need a few tries."""
        for _ in range(SMALL_TRIES):
            if (await desk.ask(SMALL, "a small question")).ending == "answered":
                return True
        return False

    def _counts(self) -> list[str]:
        return [f'SELECT count(*) AS n FROM "{name}"' for name in sorted(self.snapshot.catalog.tables)]

    def _audited(self, asked: int) -> None:
        try:
            recorded = audit.verify(self.folder)
        except audit.ChainBroken:
            self.found["audit.chain"].append("the chain of this run's own log is broken")
        else:
            if recorded != asked:
                self.found["audit.everything"].append(f"{asked} questions were asked, {recorded} are recorded")

    def _hashes(self, before: str, after: str) -> None:
        if before != self.snapshot.sha256:
            self.found["file.as_published"].append("before the attacks it is not the one that CURRENT names")
        if after != before:
            self.found["file.as_published"].append("after the attacks it is another one than before")

    def _examine(self, errors: Sequence[tuple[str, str]]) -> None:
        """Let a process of its own look into the file."""
        order = {
            "file": str(self.snapshot.file.resolve()),
            "catalog": str(self.snapshot.catalog_file.resolve()),
            "memory_mb": self.settings.memory_mb,
            "threads": self.settings.threads,
            "errors": errors,
        }
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", "-m", "analyst.examine"],
            input=json.dumps(order) + "\n",
            stdout=subprocess.PIPE,
            encoding="utf-8",
            timeout=EXAMINE_SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout or "{}")
        for name in EXAMINED:
            missing = [f"the file could not be examined ({answer.get('failed', 'the process ended')})"]
            self.found[name] += answer.get("found", {}).get(name, missing)


async def check(settings: Settings, product: str, cases: Sequence[Case] | None = None) -> Report:
    """Check the current snapshot of a data folder. cases: a part of the corpus. Raises MirrorMissing."""
    started = time.monotonic()
    settings = replace(settings, workers=max(settings.workers, os.cpu_count() or 1))
    snapshot = Mirror(settings.data, settings.role).current()
    chosen = corpus.read(str(snapshot.file.resolve())) if cases is None else cases
    with tempfile.TemporaryDirectory(prefix="analyst-selfcheck-") as folder:
        run = Run(settings, snapshot, Path(folder))
        outcomes = await run.check(chosen)
        return Report(_about(settings, snapshot, product, chosen), outcomes, run.found, time.monotonic() - started)


def _about(settings: Settings, snapshot: Snapshot, product: str, cases: Sequence[Case]) -> dict[str, str]:
    engine = version("duckdb")
    shipped = hashlib.sha256("".join(f"{c.id}\0{c.sql}\0" for c in corpus.read("{file}")).encode("utf-8", "replace"))
    attacks = sum(case.kind == "attack" for case in cases)
    return {
        "product": product,
        "engine": f"duckdb {engine}, {len(functions.allowed(engine) or ())} functions allowed",
        "platform": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "data folder": settings.data.resolve().name,
        "snapshot": f"{snapshot.name}, as of {snapshot.as_of}, written by engine {snapshot.engine}",
        "role": f"{settings.role}, {len(snapshot.catalog.relations)} relations",
        "sha-256": snapshot.sha256,
        "corpus": f"{attacks} attacks, {len(cases) - attacks} honest statements, SHA-256 {shipped.hexdigest()[:16]}",
        "limits": f"{settings.seconds:g} s, {settings.memory_mb} MB, {settings.rows_max} rows, {settings.bytes} bytes; "
        f"attacks on time, memory and size: {SHORT_SECONDS:g} s",
        "workers": str(settings.workers),
    }

"""The companies that the oracle reckons: what is on their wire, what it makes of it, and the truth they were made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from sync.configured import DECLARED, configured
from sync.run import run
from sync.settings import Onec, Settings
from sync.standins import einvoices, statements
from sync.standins.company import generate
from sync.standins.onec import PASSWORD, USER, OnecServer
from tests.oracle import Ledger, settle
from tests.oracle_books import books_of
from tests.oracle_company import hard, served
from tests.oracle_records import Books
from tests.oracle_wire import Statement, Wire, read_bank, read_onec

TODAY = date(2026, 1, 31)
MONTHS = [
    date(2022, 3, 31),
    date(2022, 12, 31),
    date(2023, 6, 30),
    date(2024, 2, 29),
    date(2024, 4, 15),
    date(2025, 9, 30),
    date(2025, 12, 31),
    date(2026, 1, 8),
    date(2026, 1, 19),
    date(2026, 1, 28),
    TODAY,
    date(2026, 2, 28),
    date(2026, 3, 31),
]
WEEKS = [date(2025, 12, 1) + timedelta(days=n) for n in (0, 1, 3, 5, 7, 9, 10, 12, 15, 19, 20, 22, 26, 30, 37, 44, 61)]
PLANTED = ["tiny 42", "tiny 7", "demo 42"]
COMPANIES = [*PLANTED, "hard 1", "hard 2"]  # nobody plants anything in the hard ones


@dataclass(frozen=True, slots=True)
class Case:
    """A company: on the wire, as the oracle has it, and its truth (empty for a hard one)."""

    wire: Wire
    books: Books
    statements: list[Statement]
    exports: list[Path]  # of electronic invoices
    truth: dict[str, Any]
    days: list[date]
    runs: dict[date, Ledger] = field(default_factory=dict)

    def settled(self, day: date) -> Ledger:
        """The oracle's run to a day, made once and only read."""
        if day not in self.runs:
            self.runs[day] = settle(self.books, day)
        return self.runs[day]

    def party(self, ref: str) -> str:
        return self.books.names.get(ref, ref)

    def ours(self, ref: str) -> bool:
        return ref in self.books.own


@contextmanager
def company(name: str, folder: Path, *, pulled: bool) -> Iterator[Case]:
    """A company by size and seed, on the wire while the context lasts. pulled: the real sync publishes it in `folder` first."""
    size, seed = name.split()
    if size == "hard":
        with served(hard(int(seed))) as onec:
            wire = read_onec(onec.url, USER, PASSWORD)
            if pulled:
                pull(folder, onec)
        yield Case(wire, books_of(wire), [], [], {}, WEEKS)
        return
    story = generate(size, int(seed))
    statements.write(story.now, folder / "inbox")
    bank = read_bank((folder / "inbox").glob("*.txt"))
    exports = einvoices.write(story.now, folder / "inbox")
    with OnecServer(story.now) as onec:
        wire = read_onec(onec.url, USER, PASSWORD)
        if pulled:
            pull(folder, onec)
    yield Case(wire, books_of(wire), bank, exports, story.truth, MONTHS)


def pull(data: Path, onec: OnecServer) -> None:
    """Mirror and publish what a 1C serves and what lies in the inbox."""
    login = Onec(url=onec.url, user=USER, password=SecretStr(PASSWORD))
    settings = Settings(data=data, onec=login)
    with configured(settings) as sources:
        report = run(settings, sources, declared=DECLARED, now=datetime(2026, 1, 31, 2, tzinfo=UTC))
    assert not report.failed, report.failed


def same(reckoned: Iterable[tuple[Any, ...]], told: Iterable[tuple[Any, ...]], about: object = "") -> None:
    """The same rows, however often each; a failure shows the first of either side alone."""
    ours, theirs = Counter(reckoned), Counter(told)
    alone = sorted((ours - theirs).elements(), key=str)[:5], sorted((theirs - ours).elements(), key=str)[:5]
    assert alone == ([], []), f"{about}: only the oracle {alone[0]} | only published {alone[1]}"

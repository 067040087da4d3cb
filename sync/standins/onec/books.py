"""One state of the company as the service reads it: look-ups by reference, documents by kind, entries by time.

Everything is built on first use, so that a large company costs nothing for the sets nobody asks for.
"""

from __future__ import annotations

import threading
import zlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, overload

from sync.standins.company.model import Company, Contract, Doc, Entry, Line, StockMove
from sync.standins.onec.field import iso
from sync.standins.onec.vocabulary import CLOSING, DOCUMENTS, ORDERS, PARTY, guid

T = TypeVar("T")


class Times(Sequence[str]):
    """The wire dates of records that are in order of time, made when looked at: bisection needs but a few of them."""

    def __init__(self, records: Sequence[T], moment: Callable[[T], datetime | date]) -> None:
        self.records = records
        self.moment = moment

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [iso(self.moment(r)) for r in self.records[at]]
        return iso(self.moment(self.records[at]))


class Books:
    """Indexes over a company.

    bumps: adds to DataVersion per reference, a rewrite that changed nothing.
    gone: {ref: kind} of documents that earlier states had: references to them stay, of the right type and broken. A kind may also be the
        name of a set that is not published.
    """

    def __init__(self, company: Company, previous: Books | None = None) -> None:
        self.company = company
        self.bumps: dict[str, int] = previous.bumps if previous else {}
        self.gone: dict[str, str] = dict(previous.gone) if previous else {}
        self._made: dict[str, Any] = {}
        self._lock = threading.RLock()
        if previous:
            here = self.by_ref("docs")
            self.gone |= {d.ref: d.kind for d in previous.company.docs if d.ref not in here}

    def made(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, made once under `name`, whichever thread asks first."""
        if name not in self._made:
            with self._lock:
                if name not in self._made:
                    self._made[name] = make()
        result: T = self._made[name]
        return result

    def by_ref(self, records: str) -> dict[str, Any]:
        """Return {ref: record} of one list of the company, named as in the model."""
        return self.made(f"ref/{records}", lambda: {r.ref: r for r in getattr(self.company, records)})

    def docs(self, kind: str) -> list[Doc]:
        """Return the documents of a kind by moment and number."""
        return self.made("docs", self._docs_by_kind)[kind]

    def times(self, kind: str) -> Times:
        """Return the wire dates of `docs(kind)`."""
        return Times(self.docs(kind), lambda d: d.moment)

    def _docs_by_kind(self) -> dict[str, list[Doc]]:
        found: dict[str, list[Doc]] = {kind: [] for kind in DOCUMENTS}
        for doc in self.company.docs:
            found[doc.kind].append(doc)
        for docs in found.values():
            docs.sort(key=lambda d: d.number)  # two stable sorts: a million tuples would weigh more than the documents
            docs.sort(key=lambda d: d.moment)
        return found

    def doc_link(self, ref: str | None) -> tuple[str, str]:
        """Return (guid, set) of a document, ("", "") for none."""
        if ref is None:
            return "", ""
        doc = self.by_ref("docs").get(ref)
        kind = doc.kind if doc else self.gone.get(ref)
        if kind is None:
            if ref in self.by_ref("closings"):
                return ref, CLOSING
            order = self.by_ref("orders").get(ref)
            return (ref, ORDERS[order.kind]) if order else ("", "")
        return ref, DOCUMENTS.get(kind, kind)

    def party_link(self, ref: str | None) -> tuple[str, str]:
        """Return (guid, set) of a counterparty, ("", "") for none."""
        return (ref, PARTY) if ref else ("", "")

    def entries(self) -> list[Entry]:
        """Return the entries by moment; those of one moment stay as the company has them."""
        return self.made("entries", lambda: sorted(self.company.entries, key=lambda e: e.moment))

    def entry_times(self) -> Times:
        """Return the wire dates of `entries()`."""
        return Times(self.entries(), lambda e: e.moment)

    def stock(self) -> list[StockMove]:
        """Return the moves of goods by moment; those of one moment stay as the company has them."""
        return self.made("stock", lambda: sorted(self.company.stock, key=lambda m: m.moment))

    def stock_times(self) -> Times:
        """Return the wire dates of `stock()`."""
        return Times(self.stock(), lambda m: m.moment)

    def sold(self) -> list[tuple[Doc, int, Line]]:
        """Return the rows of goods of posted sales by moment: the register of sales, which has turnovers only."""
        return self.made(
            "sold",
            lambda: [(d, n, line) for d in self.docs("sale") if d.posted for n, line in enumerate(d.goods, 1)],
        )

    def writes(self, record: Any) -> int:
        """Return the counter behind DataVersion: the document's own, or the content's of a catalog record."""
        own = record.version if isinstance(record, Doc) else zlib.crc32(repr(record).encode()) >> 4
        return int(own) + self.bumps.get(record.ref, 0)

    def rate(self, currency: str, at: str) -> tuple[int, int]:
        """Return (rate in ten-thousandths, units) on the wire date `at`, (10000, 1) when the company has none."""
        days, rates = self.made("rates", self._rates).get(currency, ([], []))
        found = bisect_right(days, at)
        return rates[found - 1] if found else (10000, 1)

    def _rates(self) -> dict[str, tuple[list[str], list[tuple[int, int]]]]:
        found: dict[str, tuple[list[str], list[tuple[int, int]]]] = {}
        for rate in sorted(self.company.rates, key=lambda r: r.day):
            days, rates = found.setdefault(rate.currency, ([], []))
            days.append(iso(rate.day))
            rates.append((rate.rate, rate.mult))
        return found

    def contract_currency(self, contract: str, otherwise: str) -> str:
        """Return the currency a contract settles in."""
        found: Contract | None = self.by_ref("contracts").get(contract)
        return found.currency if found else otherwise


def currency_ref(code: str | None) -> str | None:
    """Return the reference of a currency by its letter code."""
    return guid("currency", code) if code else None

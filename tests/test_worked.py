"""Worked examples, from papers in 1C to what is published: see tests/worked/exchange.txt and settlement.txt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from pydantic import SecretStr

from sync.configured import DECLARED, configured
from sync.run import run
from sync.settings import DebtAccounts, Onec, Settings
from sync.standins.onec import PASSWORD, USER, OnecServer
from tests.oracle_published import Published
from tests.worked import Example, company, read

EXAMPLES = read()
ACCOUNTS = DebtAccounts(advances_received=("3510", "3540", "4410"))  # as one of the examples has it
OPEN = """
select split_part(c.number, '-', 1), d.number, m.stage, count(*) over (partition by m.doc_id) > 1 or m.amount_doc < d.sum_doc as in_stages,
    open_doc, open_kzt, open_kzt_now, days_late, bucket
from {side}_open($1) m join doc d using (doc_id) join contract c on c.contract_id = m.contract_id
"""
UNUSED = """
select split_part(c.number, '-', 1), m.kind, m.number, unused_doc, unused_kzt
from advances($1) m join contract c on c.contract_id = m.contract_id
"""
UNTIED = """
select c.number, items, ledger, items_kzt, ledger_kzt
from control_gl($1) m join contract c on c.contract_id = m.contract_id
where difference <> 0 or difference_kzt <> 0
"""
CLOSED = """
select coalesce(sum(s.amount_kzt), 0), coalesce(sum(s.amount_doc), 0)
from settlement s join doc c on c.doc_id = s.credit_doc_id join doc d on d.doc_id = s.debit_doc_id
where s.method = 'fx_close' and c.number = $1 and d.number = $2
"""
each = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.title)
Told = dict[str, dict[str, str]]


class Evenings:
    """What is published of all examples, evening by evening."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.of = cache(self._of)

    def _of(self, day: date) -> dict[str, Told]:
        """Everything open, by example and name, in words of the files."""
        found: dict[str, Told] = defaultdict(dict)
        for side in ("ar", "ap"):
            for example, number, stage, in_stages, *told in self.published.rows(OPEN.format(side=side), day):
                name = number.partition("-")[2] + (f"/{stage}" if in_stages else "") if number else "journal"
                found[example][name] = words(("amount", "carried", "now", "late", "bucket"), told)
        for example, kind, number, *told in self.published.rows(UNUSED, day):
            name = number.partition("-")[2] if number else "journal"
            found[example][f"{kind} {name}"] = words(("amount", "carried"), told)
        return found


def words(names: tuple[str, ...], values: list[Any]) -> dict[str, str]:
    return {name: "none" if value is None else str(value) for name, value in zip(names, values, strict=True)}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    data = tmp_path_factory.mktemp("worked")
    made, unmirrored = company(EXAMPLES)
    with OnecServer(made) as onec:
        onec.service.books.gone |= dict.fromkeys(unmirrored, "Document_ОперацияБух")
        login = Onec(url=onec.url, user=USER, password=SecretStr(PASSWORD), accounts=ACCOUNTS)
        settings = Settings(data=data, onec=login)
        with configured(settings) as sources:
            report = run(settings, sources, declared=DECLARED, now=datetime(2026, 5, 1, 2, tzinfo=UTC))
    assert not report.failed, report.failed
    found = Published.of(data)
    yield found
    found.db.close()


@pytest.fixture(scope="module")
def evenings(published: Published) -> Evenings:
    return Evenings(published)


@each
def test_what_is_open_of_an_evening_is_as_worked_out(evenings: Evenings, example: Example) -> None:
    for day, told in example.evenings.items():
        found = evenings.of(day)[example.number]
        assert {name: {key: row[key] for key in told.get(name, row)} for name, row in found.items()} == told, day
    for day, tenge in example.totals.items():
        assert sum(Decimal(row["carried"]) for row in evenings.of(day)[example.number].values()) == tenge, day


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.differences], ids=lambda e: e.title)
def test_exchange_differences_are_as_worked_out(published: Published, example: Example) -> None:
    for credit, debt, tenge in example.differences:
        found = published.rows(CLOSED, f"{example.number}-{credit}", f"{example.number}-{debt}")
        assert found == [(tenge, Decimal(0))], (credit, debt)


def test_the_ledger_that_was_worked_out_ties_every_evening(published: Published) -> None:
    told = [example for example in EXAMPLES if any(" books " in line for line in example.lines)]
    for day in sorted({day for example in told for day in (*example.evenings, *example.totals)}):
        assert published.rows(UNTIED, day) == [], day

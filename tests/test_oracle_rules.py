"""Properties of settlement that cannot be stated of one published mirror: of the oracle, which the mirror equals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tests.oracle import Ledger, settle
from tests.oracle_books import books_of
from tests.oracle_case import COMPANIES, TODAY, Case, company
from tests.oracle_records import Books
from tests.oracle_wire import Wire

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=COMPANIES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with company(str(request.param), tmp_path_factory.mktemp("rules"), pulled=False) as made:
        yield made


def test_later_documents_do_not_change_an_earlier_day(case: Case) -> None:
    whole = settle(case.books)
    for day in case.days:
        run_to_day = case.settled(day)
        assert run_to_day.paid == [s for s in whole.paid if s.day <= day]
        late = replace_later(case.books, day)
        assert settle(late, day).open == run_to_day.open


def replace_later(books: Books, day: date) -> Books:
    """The same books with the amounts of later documents doubled."""
    return replace(
        books,
        debits=[d if d.day <= day else replace(d, amount=d.amount * 2) for d in books.debits],
        credits=[c if c.day <= day else replace(c, amount=c.amount * 2) for c in books.credits],
    )


def test_the_order_of_arrival_does_not_matter(case: Case) -> None:
    shuffled: Wire = {name: Random(3).sample(rows, len(rows)) for name, rows in case.wire.items()}
    books = books_of(shuffled)
    for day in case.days[-3:]:
        assert settle(books, day) == case.settled(day)


def test_a_payment_in_two_halves_pays_the_same(case: Case) -> None:
    halves = []
    for credit in case.books.credits:
        part = (credit.amount / 2).quantize(Decimal("0.01"))
        halves += [replace(credit, line=2 * credit.line, amount=part)]
        halves += [replace(credit, line=2 * credit.line + 1, amount=credit.amount - part)]
    books = replace(case.books, credits=halves)
    for day in case.days:
        ours, theirs = case.settled(day), settle(books, day)
        assert theirs.open == ours.open
        assert by_pool(theirs) == by_pool(ours)


def by_pool(ledger: Ledger) -> dict[object, Decimal]:
    found: dict[object, Decimal] = defaultdict(Decimal)
    for credit, left in ledger.unused.items():
        found[credit.pool] += left
    return found


def test_documents_of_one_party_change_nothing_for_another(case: Case) -> None:
    debtors = Counter(d.pool.party for d in case.books.debits)
    gone = debtors.most_common(1)[0][0]
    books = replace(
        case.books,
        debits=[d for d in case.books.debits if d.pool.party != gone],
        credits=[c for c in case.books.credits if c.pool.party != gone],
    )
    left = settle(books, TODAY)
    assert left.open == {d: v for d, v in case.settled(TODAY).open.items() if d.pool.party != gone}

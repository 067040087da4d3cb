"""How long debts stand and how well they are collected, worked by hand from the rules: one quarter, and what each metric must say of it.

The papers: Z is of the last day before the quarter, paid two days late. A is paid in part before it is due. B comes back in part.
C has 200 in advance. D is late, and 200 of it are written off.
"""

from __future__ import annotations

import pytest

from tests.sql.metric_books import MetricBooks

# metric, what is asked, column, what it must say, and why
WORKED = """
dso_simple         03-31    receivables_kzt   1350.00  A 600 - 150, B 400 - 100, C 500 - 200, D 500 - 200
dso_simple         03-31    credit_sales_kzt  1700.00  A 600 + B 400 + C 300 without its advance + D 500 - 100 back; Z is a day too old
dso_simple         03-31    value             71.47    1350 / 1700 x 90 = 71.4706
best_possible_dso  03-31    not_due_kzt       1050.00  all but D: A is due this very day
best_possible_dso  03-31    value             55.59    1050 / 1700 x 90 = 55.5882
best_possible_dso  03-31    add_days          15.88    71.47 - 55.59
dso_simple         04-01    credit_sales_kzt  1100.00  the window has left A of 1 January behind
dso_simple         04-01    value             110.45   1350 / 1100 x 90 = 110.4545
best_possible_dso  04-01    value             49.09    A is late now: 600 / 1100 x 90
best_possible_dso  04-01    add_days          61.36    110.45 - 49.09
dso_countback      03-31    value             80.14    March sold 300 - 100: 31 days, 1150 left; February 400: 28, 750 left; January 1100: 750 / 1100 x 31 = 21.14
dso_countback      04-01    value             81.14    and one day of April, which has sold nothing
cei                2026-02  begin_kzt         2100.00  Z 1000 + A 600 + D 500 on 31 January
cei                2026-02  sales_kzt         400.00   B
cei                2026-02  end_kzt           1300.00  A 600 + B 400 + D 300
cei                2026-02  value             80.00    (2100 + 400 - 1300) / (2100 + 400 - 1000 not due)
cei_adj            2026-02  value             66.67    the 200 written off were not collected: 1000 / 1500
cei                quarter  sales_kzt         566.67   1700 in three months
cei                quarter  value             41.94    (1000 + 566.67 - 1350) / (1000 + 566.67 - 1050) = 216.67 / 516.67
cei_adj            quarter  value             3.23     16.67 / 516.67
days_late          quarter  paid_kzt          1350.00  Z 1000, A 150, C 200; what was returned or written off has nobody paid
days_late          quarter  value             1.48     Z two days: 2000 / 1350; early counts nothing
days_late          quarter  to_due_days       -4.19    (1000 x 2 - 150 x 11 - 200 x 30) / 1350
days_late          quarter  late_share_ratio  0.7407   1000 / 1350
days_late          quarter  by_sale_days      2.0000   Z is the only one settled in full with money
"""
PERIODS = {"2026-02": ("02-01", "02-28"), "quarter": ("01-01", "03-31")}


@pytest.fixture(scope="module")
def books() -> MetricBooks:
    made = MetricBooks()
    made.owed("Z", "2025-12-31", "1000.00", "01-30")
    made.owed("A", "01-01", "600.00", "03-31")
    made.owed("D", "01-05", "500.00", "02-04")
    made.paid("pays Z", "02-01", "1000.00", "Z")
    made.owed("B", "02-15", "400.00", "04-16")
    made.paid("writes D off", "02-20", "200.00", "D", kind="writeoff")
    made.doc("takes B back", "sale_return", "03-01", "100.00", base_doc_id="B", contract_id="ct_B")
    made.paid("pays C", "03-10", "200.00", "C")
    made.owed("C", "03-11", "500.00", "04-10")
    made.paid("pays A", "03-20", "150.00", "A")
    return made


@pytest.mark.parametrize("line", WORKED.strip().splitlines(), ids=lambda line: " ".join(line.split()[:3]))
def test_what_a_metric_says_is_as_worked_out(books: MetricBooks, line: str) -> None:
    metric, asked, column, value, _ = line.split(maxsplit=4)
    given = {"period": PERIODS[asked]} if asked in PERIODS else {"as_of": asked}
    assert books.one(metric, column, **given) == (value,), line

-- What DSO would be if nobody paid late, and by how many days lateness lengthens it.
--
-- id:        best_possible_dso
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Наилучший возможный DSO и дни просрочки
-- title.kk:  Ең жақсы ықтимал DSO және кешігу күндері
-- title.en:  Best possible DSO and average days delinquent
-- synonyms:  BPDSO, ADD, лучший DSO, средние дни просрочки, best possible DSO, average days delinquent, мүмкін болатын ең аз DSO, төлемнің орташа кешігуі
-- unit:      days
-- basis:     accrual, both sides with VAT; receivables as the ledger carries them, sales at the booked rate
-- shape:     value
-- grain:     one row
-- params:    as_of date, days int(1..3660)=90, org org?, include_intercompany choice(true|false)?
-- formula:   receivables not yet due / credit sales of the last `days` days × days; add_days is dso_simple less this
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_best_possible_dso_counts_what_is_due_on_the_day_as_not_due,
--     tests/sql/test_metrics_receivables.py::test_without_credit_sales_dso_is_nothing_not_zero,
--     tests/sql/test_metrics_agree.py::test_dso_is_what_is_possible_and_what_is_late
--
-- value            days; empty when there were no credit sales
-- add_days         average days delinquent: DSO less value
-- dso_days         DSO over the same window
-- reason           no_credit_sales when value is empty
-- not_due_kzt      receivables not yet due
-- credit_sales_kzt credit sales of the window
select
    best_days as value,
    cast(sales_days - best_days as decimal(18, 2)) as add_days,
    sales_days as dso_days,
    reason, not_due_kzt, credit_sales_kzt,
from dso($as_of, $days)

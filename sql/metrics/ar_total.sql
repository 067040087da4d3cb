-- All that customers owe on a date, own entities left out, advances not netted.
--
-- id:        ar_total
-- version:   3
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Дебиторская задолженность, всего
-- title.kk:  Дебиторлық берешек, барлығы
-- title.en:  Receivables, total
-- synonyms:  дебиторка, ДЗ, сколько нам должны, всего должны, қарыз, қанша қарыз, how much are we owed, receivables, AR,
--     задолженность, долг, долги, owe us, customers owe, owed to us, бізге қарыз, бізге барлығы қанша қарыз
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     value
-- grain:     one row
-- params:    as_of date, org org?, include_intercompany choice(true|false)?
-- formula:   sum of open_kzt over ar_open(as_of) without intercompany
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_what_dollars_are_worth_now_is_told_beside_what_they_are_carried_at,
--     tests/test_oracle_planted.py::test_totals_are_those_planted,
--     tests/sql/test_metrics_agree.py::test_what_is_expected_later_and_doubtful_is_all_that_is_owed,
--     tests/sql/test_metrics_agree.py::test_dso_is_what_is_possible_and_what_is_late
--
-- value          receivables in tenge
-- now_kzt        the same at the National Bank's rates of the day; empty when a rate is missing
-- overdue_kzt    of it, past the due date
-- advances_kzt   advances of customers, not netted
-- credits_kzt    returns and offsets not used, not netted
-- counterparties how many owe
-- entered_since  documents of customers up to as_of that came into 1C more than three days after it: without them the answer was another one
select
    cast(coalesce(sum(open_kzt), 0) as decimal(18, 2)) as value,
    cast(case when count(*) = count(open_kzt_now) then coalesce(sum(open_kzt_now), 0) end as decimal(18, 2)) as now_kzt,
    cast(coalesce(sum(overdue_kzt), 0) as decimal(18, 2)) as overdue_kzt,
    cast(coalesce(sum(advances_kzt), 0) as decimal(18, 2)) as advances_kzt,
    cast(coalesce(sum(credits_kzt), 0) as decimal(18, 2)) as credits_kzt,
    count(*) filter (where open_kzt > 0) as counterparties,
    (
        select count(*) from backdated b
        where b.doc_date <= $as_of and b.first_seen > cast($as_of as date) + 3
            and b.type in ('sale', 'sale_return', 'pay_in', 'refund_out', 'offset', 'writeoff', 'debt_adjust')
    ) as entered_since,
from ageing($as_of)

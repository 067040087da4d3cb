-- What is to be paid to suppliers up to some days from now, with what is overdue already.
--
-- id:        payables_due
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  К оплате поставщикам в ближайшие дни
-- title.kk:  Жақын күндері жеткізушілерге төленуі тиіс
-- title.en:  Payables due soon
-- synonyms:  что платить, к оплате на неделе, предстоящие платежи, ближайшие оплаты, төлеу керек, payables due, upcoming payments
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     document, stage
-- params:    as_of date, horizon int(0..3660)=14, org org?, include_intercompany choice(true|false)?
-- formula:   ap_open(as_of) with due_date up to as_of + horizon, both days inside, without intercompany
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_payables_due_soon_hold_the_last_day_and_what_is_overdue
--
-- due_date     due date
-- is_overdue   before as_of; due on as_of itself is not
-- cp_id        whom we owe
-- counterparty its name [untrusted]
-- number       document number in 1C
-- doc_date     its date
-- stage        payment stage
-- due_source   schedule, contract, or none: the document date stands in
-- open_kzt     to be paid
-- due_kzt      total not overdue
-- overdue_kzt  total overdue
select
    due_date, days_late > 0 as is_overdue, cp_id, counterparty, number, doc_date, stage, due_source, open_kzt,
    cast(coalesce(sum(open_kzt) filter (where days_late <= 0) over (), 0) as decimal(18, 2)) as due_kzt,
    cast(coalesce(sum(open_kzt) filter (where days_late > 0) over (), 0) as decimal(18, 2)) as overdue_kzt,
from ap_open($as_of)
where not is_intercompany and due_date <= cast($as_of as date) + cast($horizon as integer)
order by due_date, number, doc_id, stage

-- How late customers paid in a period. Early payment counts zero days late.
--
-- id:        days_late
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of finance
-- title.ru:  Средняя просрочка оплаты
-- title.kk:  Төлемнің орташа кешігуі
-- title.en:  Average days late
-- synonyms:  средняя просрочка, на сколько опаздывают с оплатой, платёжная дисциплина, орташа кешігу, days late, payment delay
-- unit:      days
-- basis:     settlements by payment, by effective date
-- shape:     value
-- grain:     one row
-- params:    period period, counterparty counterparty?, org org?, include_intercompany choice(true|false)?
-- formula:   sum(amount × days late) / sum(amount) over paid_items of the period; by_sale_days: mean over the sales that a payment settled in full in the period
-- needs:     onec
-- tests:     tests/test_oracle_planted.py::test_the_debts_of_a_customer_are_those_planted,
--     tests/sql/test_metrics_receivables.py::test_early_payment_counts_zero_days_late_and_keeps_its_sign_beside,
--     tests/sql/test_metrics_receivables.py::test_a_sale_in_stages_is_as_late_as_its_latest_stage,
--     tests/sql/test_metrics_agree.py::test_the_card_of_a_client_is_what_its_own_metrics_say
--
-- value            days late, weighted by amount; empty when nothing was paid
-- by_sale_days     days late of a sale settled in full, by its latest payment; mean of the sales
-- to_due_days      days after the due date, weighted by amount, early payment negative
-- late_share_ratio share of the amount that came late, 0 to 1
-- paid_kzt         paid for sales in the period
-- late_kzt         of it, after the due date
-- settled_sales    sales that a payment settled in full
-- reason           nothing_paid when value is empty
with
paid as (
    select * from paid_items($period_from, $period_to) where $counterparty is null or cp_id = $counterparty
),

weighted as (
    select
        coalesce(sum(amount_kzt), 0) as paid_kzt,
        coalesce(sum(amount_kzt) filter (where days_late > 0), 0) as late_kzt,
        sum(cast(amount_kzt as decimal(38, 2)) * days_late) as late_weight,
        sum(cast(amount_kzt as decimal(38, 2)) * days_to_due) as due_weight,
    from paid
),

whole as (
    select count(*) as settled_sales, avg(days_late) as by_sale_days
    from (select debit_doc_id, any_value(sale_days_late) as days_late from paid where settles_sale group by all)
)
select
    case when w.paid_kzt > 0 then cast(round(w.late_weight / w.paid_kzt, 2) as decimal(18, 2)) end as value,
    cast(round(i.by_sale_days, 4) as decimal(18, 4)) as by_sale_days,
    case when w.paid_kzt > 0 then cast(round(w.due_weight / w.paid_kzt, 2) as decimal(18, 2)) end as to_due_days,
    case when w.paid_kzt > 0 then cast(round(w.late_kzt / w.paid_kzt, 4) as decimal(18, 4)) end as late_share_ratio,
    cast(w.paid_kzt as decimal(18, 2)) as paid_kzt,
    cast(w.late_kzt as decimal(18, 2)) as late_kzt,
    i.settled_sales,
    case when w.paid_kzt = 0 then 'nothing_paid' end as reason,
from weighted w, whole i

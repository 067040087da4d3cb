-- How what customers owe changed over some days: owed then, sold, paid, other, owed now, by customer. Own entities are left out.
--
-- id:        receivables_change
-- version:   1
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Как изменилась дебиторская задолженность
-- title.kk:  Дебиторлық берешек қалай өзгерді
-- title.en:  Change of receivables
-- synonyms:  изменение дебиторки, почему вырос долг, долг месяц назад, динамика долга клиентов, берешек өзгерісі, change of receivables, receivables bridge
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     cp_id
-- params:    as_of date, span int(1..3660)=30, org org?, include_intercompany choice(true|false)?
-- formula:   ar_open(as_of − span) + sales dated after it − what payments and advances settled of debts since (by effective date) − returns, offsets and write-offs that settled debts since + other = ar_open(as_of), by customer; other: refunds and restored debts, revaluations, exchange differences
-- needs:     onec
-- tests:     tests/sql/test_metrics_receivables.py::test_receivables_change_by_what_was_sold_paid_and_credited,
--     tests/sql/test_metrics_agree.py::test_what_was_owed_then_and_what_happened_is_what_is_owed_now
--
-- cp_id               who owes
-- counterparty        its name [untrusted]
-- open_before_kzt     owed on as_of − span
-- sold_kzt            sold since, with VAT
-- paid_kzt            settled since by payments, advances among them
-- credits_kzt         settled since by returns, offsets and write-offs
-- other_kzt           the rest of the change
-- open_now_kzt        owed on as_of
-- change_kzt          now less before
-- overdue_before_kzt  overdue on as_of − span
-- overdue_now_kzt     overdue on as_of
-- before_on           the day compared with
-- total_before_kzt    owed by all on that day
-- total_now_kzt       owed by all on as_of
with
parts as (
    select cp_id, open_kzt as before_kzt, 0 as sold_kzt, 0 as paid_kzt, 0 as credits_kzt, 0 as now_kzt,
        case when days_late > 0 then open_kzt else 0 end as late_before_kzt, 0 as late_now_kzt,
    from ar_open(cast($as_of as date) - greatest($span, 0))
    where not is_intercompany
    union all
    select cp_id, 0, 0, 0, 0, open_kzt, 0, case when days_late > 0 then open_kzt else 0 end
    from ar_open($as_of)
    where not is_intercompany
    union all
    select d.cp_id, 0, in_kzt(d.amount_doc, d.rate, d.rate_mult), 0, 0, 0, 0, 0
    from debit_item d
    where d.side = 'ar' and d.doc_type = 'sale' and d.doc_date > cast($as_of as date) - greatest($span, 0) and d.doc_date <= $as_of
    union all
    select
        s.cp_id, 0, 0,
        case when s.method in ('explicit', 'contract_fifo') then s.amount_kzt else 0 end,
        case when s.method in ('return', 'offset', 'writeoff') then s.amount_kzt else 0 end,
        0, 0, 0,
    from settlement s
    where s.side = 'ar' and s.eff_date > cast($as_of as date) - greatest($span, 0) and s.eff_date <= $as_of
),

sums as (
    select
        p.cp_id, any_value(cp.name) as counterparty,
        sum(p.before_kzt) as before_kzt, sum(p.sold_kzt) as sold_kzt, sum(p.paid_kzt) as paid_kzt, sum(p.credits_kzt) as credits_kzt,
        sum(p.now_kzt) as now_kzt, sum(p.late_before_kzt) as late_before_kzt, sum(p.late_now_kzt) as late_now_kzt,
    from parts p
    left join cp on cp.cp_id = p.cp_id
    where not coalesce(cp.is_intercompany, false)
    group by p.cp_id
)
select
    cp_id, counterparty,
    cast(before_kzt as decimal(18, 2)) as open_before_kzt,
    cast(sold_kzt as decimal(18, 2)) as sold_kzt,
    cast(paid_kzt as decimal(18, 2)) as paid_kzt,
    cast(credits_kzt as decimal(18, 2)) as credits_kzt,
    cast(now_kzt - before_kzt - sold_kzt + paid_kzt + credits_kzt as decimal(18, 2)) as other_kzt,
    cast(now_kzt as decimal(18, 2)) as open_now_kzt,
    cast(now_kzt - before_kzt as decimal(18, 2)) as change_kzt,
    cast(late_before_kzt as decimal(18, 2)) as overdue_before_kzt,
    cast(late_now_kzt as decimal(18, 2)) as overdue_now_kzt,
    cast($as_of as date) - greatest($span, 0) as before_on,
    cast(sum(before_kzt) over () as decimal(18, 2)) as total_before_kzt,
    cast(sum(now_kzt) over () as decimal(18, 2)) as total_now_kzt,
from sums
order by abs(now_kzt - before_kzt) desc, cp_id

-- The documents behind cei: unpaid before the period and at its end, its credit sales and write-offs.
--
-- grain:  part, doc_id, stage
-- parts:  begin_kzt, sales_kzt, all_sales_kzt, end_kzt, not_due_kzt, writeoffs_kzt
-- units:  tenge at the booked rate, with VAT; sales_kzt: of each sale its share of an average month, its amount by the number of months
--
-- part         column of cei that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid; of a credit sale its share in the average of a month; of a write-off the debt it took
with
closed as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late, bucket
    from ar_open($period_to)
    where not is_intercompany
),

-- of each sale what it adds to the rounded average, so that the shares sum to it
shared as (
    select
        c.doc_id, c.type, d.number, c.doc_date, cp.name as counterparty, c.credit_kzt,
        cast(round(sum(c.credit_kzt) over upto / n.months, 2) as decimal(18, 2))
            - cast(round((sum(c.credit_kzt) over upto - c.credit_kzt) / n.months, 2) as decimal(18, 2)) as amount,
    from credit_sales($period_from, $period_to) c
    join doc d using (doc_id)
    left join cp on cp.cp_id = d.cp_id
    cross join (select date_diff('month', cast($period_from as date), cast($period_to as date)) + 1 as months) n
    window upto as (order by c.doc_date, c.doc_id rows unbounded preceding)
)
select 'begin_kzt' as part, doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount
from ar_open(cast($period_from as date) - 1)
where not is_intercompany
union all
select 'sales_kzt', doc_id, type, number, doc_date, counterparty, cast(amount as decimal(18, 2)) from shared
union all
select 'all_sales_kzt', doc_id, type, number, doc_date, counterparty, cast(credit_kzt as decimal(18, 2)) from shared
union all
select 'end_kzt', doc_id, type, number, doc_date, counterparty, amount from closed
union all
select 'not_due_kzt', doc_id, type, number, doc_date, counterparty, amount from closed where days_late <= 0
union all
select 'writeoffs_kzt', d.doc_id, d.type, d.number, d.doc_date, cp.name, s.amount_kzt
from settlement s
join doc d on d.doc_id = s.credit_doc_id
left join cp on cp.cp_id = s.cp_id
where s.side = 'ar' and s.method = 'writeoff' and s.eff_date between $period_from and $period_to and not coalesce(cp.is_intercompany, false)

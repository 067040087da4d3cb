-- What receivables_change is made of: unpaid documents of both days, the sales between them, and what settled debts.
--
-- grain:  part, doc_id, stage
-- parts:  change_kzt, open_before_kzt, open_now_kzt, sold_kzt, paid_kzt, credits_kzt, overdue_before_kzt, overdue_now_kzt
-- units:  tenge as the ledger carries it
--
-- part         column of receivables_change that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid, was sold, or was settled; in change_kzt what was owed before is taken off
with
before as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late
    from ar_open(cast($as_of as date) - greatest($span, 0))
    where not is_intercompany
),

now_open as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late from ar_open($as_of) where not is_intercompany
)
select 'change_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from now_open
union all
select 'change_kzt', doc_id, type, number, doc_date, counterparty, -amount from before
union all
select 'open_before_kzt', doc_id, type, number, doc_date, counterparty, amount from before
union all
select 'open_now_kzt', doc_id, type, number, doc_date, counterparty, amount from now_open
union all
select 'overdue_before_kzt', doc_id, type, number, doc_date, counterparty, amount from before where days_late > 0
union all
select 'overdue_now_kzt', doc_id, type, number, doc_date, counterparty, amount from now_open where days_late > 0
union all
select 'sold_kzt', i.doc_id, d.type, d.number, d.doc_date, cp.name, in_kzt(i.amount_doc, i.rate, i.rate_mult)
from debit_item i
join doc d on d.doc_id = i.doc_id
left join cp on cp.cp_id = i.cp_id
where i.side = 'ar' and i.doc_type = 'sale' and i.doc_date > cast($as_of as date) - greatest($span, 0) and i.doc_date <= $as_of
    and not coalesce(cp.is_intercompany, false)
union all
select
    case when s.method in ('explicit', 'contract_fifo') then 'paid_kzt' else 'credits_kzt' end, d.doc_id, d.type, d.number, d.doc_date, cp.name,
    s.amount_kzt,
from settlement s
join doc d on d.doc_id = s.credit_doc_id
left join cp on cp.cp_id = s.cp_id
where s.side = 'ar' and s.method in ('explicit', 'contract_fifo', 'return', 'offset', 'writeoff')
    and s.eff_date > cast($as_of as date) - greatest($span, 0) and s.eff_date <= $as_of and not coalesce(cp.is_intercompany, false)

-- What each payment settled of a sale, when it was due and how late it came: what paid_items(period_from, period_to) takes its rows from.
--
-- kind:      table
-- grain:     credit_doc_id, credit_line, debit_doc_id, stage, method
-- source:    settlement, debit_item
-- units:     tenge at the rate of the sale; calendar days
-- listed:    no
-- label.ru:  Когда клиенты платили, за всё время
-- label.kk:  Клиенттер қашан төледі, барлық уақыт
-- label.en:  How late customers paid, of all time
-- synonyms:  все опоздания оплат, payment delays
--
-- org_id         own entity
-- cp_id          who paid
-- credit_doc_id  payment
-- credit_line    its part
-- debit_doc_id   sale that it settled
-- stage          payment stage of the sale
-- method         explicit or contract_fifo
-- amount_kzt     what it settled
-- due_date       when it was due
-- eff_date       when it counts as paid: the later of both documents' dates
-- days_to_due    eff_date minus due_date; negative when paid early
-- days_late      the same, early payment counting zero
-- settles_sale   nothing of the sale is left open with this day
-- sale_days_late days late of the latest payment of the sale, of any of its stages
-- is_intercompany who paid is an own entity; paid_items leaves it out
with
paid as (
    select s.*, coalesce(cp.is_intercompany, false) as is_intercompany
    from settlement s
    left join cp on cp.cp_id = s.cp_id
    where s.side = 'ar' and s.method in ('explicit', 'contract_fifo')
),

asked as (
    select d.doc_id, sum(d.amount_doc) as amount_doc
    from debit_item d
    where d.doc_id in (select debit_doc_id from paid)
    group by d.doc_id
),

settled as (
    select
        s.debit_doc_id,
        sum(s.amount_doc) as amount_doc,
        max(s.eff_date) as settled_on,
        max(date_diff('day', d.due_date, s.eff_date)) filter (where s.method in ('explicit', 'contract_fifo')) as days_to_due,
    from settlement s
    join debit_item d on d.doc_id = s.debit_doc_id and d.stage = s.stage
    where s.debit_doc_id in (select debit_doc_id from paid)
    group by s.debit_doc_id
)
select
    p.org_id, p.cp_id, p.credit_doc_id, p.credit_line, p.debit_doc_id, p.stage, p.method, in_kzt(p.amount_doc, d.rate, d.rate_mult) as amount_kzt, d.due_date, p.eff_date,
    cast(date_diff('day', d.due_date, p.eff_date) as integer) as days_to_due,
    cast(greatest(date_diff('day', d.due_date, p.eff_date), 0) as integer) as days_late,
    s.amount_doc = a.amount_doc and s.settled_on = p.eff_date as settles_sale,
    cast(greatest(s.days_to_due, 0) as integer) as sale_days_late,
    p.is_intercompany,
from paid p
join debit_item d on d.doc_id = p.debit_doc_id and d.stage = p.stage and d.doc_type = 'sale'
join asked a on a.doc_id = p.debit_doc_id
join settled s on s.debit_doc_id = p.debit_doc_id

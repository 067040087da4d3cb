-- Both sides of control_gl: what each document adds to the open items, and what it adds to the ledger.
--
-- grain:  part, doc_id
-- parts:  items_doc, ledger_doc
-- units:  currency of the row
--
-- part         column of control_gl that these amounts add up to
-- doc_id       document; empty where the ledger entry has none
-- type         its type
-- number       its number in 1C
-- doc_date     day it counts from
-- counterparty the other party [untrusted]
-- amount       debts positive, payments and other credits negative
with
moves as (
    select 'items_doc' as part, doc_id, doc_date, cp_id, amount_doc as amount from debit_item where doc_date <= $as_of
    union all
    select 'items_doc', doc_id, doc_date, cp_id, -amount_doc from credit_item where doc_date <= $as_of
    union all
    select
        'ledger_doc', g.doc_id, g.dt, g.cp_id,
        case when (g.line_side = 'dr') = (a.side = 'ar') then 1 else -1 end * coalesce(g.amount_doc, g.amount_kzt),
    from gl g
    join debt_account a on a.account = left(g.account, 4)
    where g.dt <= $as_of
)
select
    m.part, m.doc_id, any_value(d.type) as type, any_value(d.number) as number, m.doc_date, any_value(cp.name) as counterparty,
    cast(sum(m.amount) as decimal(18, 2)) as amount,
from moves m
left join doc d on d.doc_id = m.doc_id
left join cp on cp.cp_id = m.cp_id
group by m.part, m.doc_id, m.doc_date, m.cp_id

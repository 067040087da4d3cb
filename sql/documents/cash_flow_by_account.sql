-- The movements behind cash_flow_by_account, and the ledger entries of each balance.
--
-- grain:  part, doc_id, doc_date
-- parts:  closing_doc, opening_doc, in_doc, out_doc, own_in_doc, own_out_doc
-- units:  currency of the account
--
-- part         column of cash_flow_by_account that these amounts add up to
-- doc_id       document; empty where the ledger entry has none
-- type         its type
-- number       its number in 1C
-- doc_date     day of the movement
-- counterparty the other party [untrusted]
-- amount       money in or out; in a balance negative when out
with
moved as (
    select doc_id, type, number, move_date as doc_date, counterparty, in_doc, out_doc, is_flow
    from cash_move($period_from, $period_to)
    where bank_account_id is not null
),

booked as (
    select
        g.doc_id, d.type, d.number, g.dt as doc_date, any_value(cp.name) as counterparty,
        sum(case g.line_side when 'dr' then g.amount_doc else -g.amount_doc end) as amount,
    from gl g
    left join doc d on d.doc_id = g.doc_id
    left join cp on cp.cp_id = d.cp_id
    where left(g.account, 4) in ('1030', '1040', '1050', '1060') and g.dt <= $period_to and g.bank_account_id is not null
    group by g.doc_id, d.type, d.number, g.dt
)
select case when is_flow then 'in_doc' else 'own_in_doc' end as part, doc_id, type, number, doc_date, counterparty, in_doc as amount
from moved
where in_doc <> 0
union all
select case when is_flow then 'out_doc' else 'own_out_doc' end, doc_id, type, number, doc_date, counterparty, out_doc
from moved
where out_doc <> 0
union all
select 'closing_doc', doc_id, type, number, doc_date, counterparty, cast(amount as decimal(18, 2)) from booked
union all
select 'opening_doc', doc_id, type, number, doc_date, counterparty, cast(amount as decimal(18, 2)) from booked where doc_date < $period_from

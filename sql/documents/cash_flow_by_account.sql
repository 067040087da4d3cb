-- The movements behind cash_flow_by_account, and the ledger entries of each balance.
--
-- grain:  part, doc_id, doc_date
-- parts:  closing_doc, opening_doc, in_doc, out_doc, own_in_doc, own_out_doc
-- units:  currency of the account or desk
--
-- part         column of cash_flow_by_account that these amounts add up to
-- doc_id       document; empty where the ledger entry has none
-- type         its type
-- number       its number in 1C
-- doc_date     day of the movement
-- counterparty the other party [untrusted]
-- amount       money in or out; in a balance negative when out
with
seen as (
    select doc_id, type, number, move_date, counterparty, bank_account_id, cash_desk_id, in_doc, out_doc, is_flow, in_doc <> 0 and out_doc <> 0 as is_both_legs
    from cash_move($period_from, $period_to)
),

moved as (
    select doc_id, type, number, move_date as doc_date, counterparty, in_doc, out_doc, is_flow
    from seen
    where not is_both_legs and (bank_account_id is not null or cash_desk_id is not null)
    union all
    select
        s.doc_id, s.type, s.number, s.move_date, s.counterparty,
        case g.line_side when 'dr' then g.amount_doc else 0 end,
        case g.line_side when 'cr' then g.amount_doc else 0 end,
        false,
    from seen s
    join gl g on g.doc_id = s.doc_id and g.account like '10%' and g.account not like '102%'
    where s.is_both_legs and (g.bank_account_id is not null or g.cash_desk_id is not null)
),

booked as (
    select
        g.doc_id, d.type, d.number, g.dt as doc_date, any_value(cp.name) as counterparty,
        sum(case g.line_side when 'dr' then g.amount_doc else -g.amount_doc end) as amount,
    from gl g
    left join doc d on d.doc_id = g.doc_id
    left join cp on cp.cp_id = d.cp_id
    where g.dt <= $period_to
        and (left(g.account, 3) = '101' or (left(g.account, 4) in ('1030', '1040', '1050', '1060') and g.bank_account_id is not null))
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

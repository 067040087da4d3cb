-- Open items of a counterparty differ from the accounts of debts and advances (debt_account).
--
-- kind:     reconciliation
-- label.ru: Расчёты не сходятся со счетами расчётов 1С
-- label.kk: Есеп айырысу 1С шоттарымен сәйкес келмейді
-- label.en: Open items differ from the accounts of 1C
-- touches:  ar_total, ar_overdue, ageing, top_debtors, client_receivables, ap_total, advances_total
with
off as (select * from control_gl($as_of) where difference <> 0 or difference_kzt <> 0),

-- what each document adds to the items and to the ledger of its party, agreement and currency
moves as (
    select side, org_id, cp_id, contract_id, currency, doc_id, doc_date as day, amount_doc as amount from debit_item where doc_date <= $as_of
    union all
    select side, org_id, cp_id, contract_id, currency, doc_id, doc_date, -amount_doc from credit_item where doc_date <= $as_of
    union all
    select
        a.side, g.org_id, g.cp_id, g.contract_id, coalesce(g.currency, 'KZT'), g.doc_id, g.dt,
        if((g.line_side = 'dr') = (a.side = 'ar'), -1, 1) * coalesce(g.amount_doc, g.amount_kzt)
    from gl g
    join debt_account a on a.account = g.account[1:4]
    where g.dt <= $as_of
),

unequal as (
    select m.side, m.org_id, m.cp_id, m.contract_id, m.currency, m.doc_id, min(m.day) as first_day, max(m.day) as last_day, sum(m.amount) as amount
    from moves m
    join off o
        on o.side = m.side and o.org_id is not distinct from m.org_id and o.cp_id is not distinct from m.cp_id
        and o.contract_id is not distinct from m.contract_id and o.currency = m.currency
    group by all
    having sum(m.amount) <> 0
),

named as (
    select
        u.side, u.org_id, u.cp_id, u.contract_id, u.currency, count(*) as documents, min(u.first_day) as first_day, max(u.last_day) as last_day,
        list(concat_ws(' ', coalesce(d.type, 'an entry'), coalesce(d.number, 'of no document that counts'), d.doc_date, u.amount)
            order by abs(u.amount) desc, u.doc_id)[1:5] as first_five,
    from unequal u
    left join doc d using (doc_id)
    group by all
)
select
    concat_ws(' ', c.side, c.counterparty, k.number, c.currency) as subject,
    'items ' || c.items || ', ledger ' || c.ledger
        || if(c.currency = 'KZT', '', '; in tenge ' || c.items_kzt || ', ' || c.ledger_kzt)
        || coalesce('; documents: ' || array_to_string(n.first_five, ', ') || if(n.documents > 5, ' and ' || (n.documents - 5) || ' more', ''), '')
        as detail,
    -- nothing in the currency: an exchange difference in tenge
    if(c.difference <> 0, c.difference, c.difference_kzt) as amount,
    c.cp_id,
    n.first_day,
    n.last_day,
from off c
left join contract k using (contract_id)
left join named n
    on n.side = c.side and n.org_id is not distinct from c.org_id and n.cp_id is not distinct from c.cp_id
    and n.contract_id is not distinct from c.contract_id and n.currency = c.currency

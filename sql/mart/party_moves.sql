-- What moved the balance with each party in a period, by the ledger: a row for each document and contract, and one for each difference of rates.
-- The two accounts of a role are one here: an advance set off against a debt moves nothing.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     org_id, role, cp_id, contract_id, currency, dt, doc_id, line
-- source:    gl, debt_account
-- units:     _doc in `currency`, _kzt in tenge as booked; debit: they owe us more, or we owe them less
-- label.ru:  Движения по расчётам с контрагентами
-- label.kk:  Контрагенттермен есеп айырысу қозғалысы
-- label.en:  Movements with a party
-- synonyms:  обороты с контрагентом, дебет и кредит по контрагенту, карточка расчётов, контрагентпен айналым, turnovers with a party
--
-- org_id      own entity
-- role        customer or supplier, by the account (see debt_account)
-- cp_id       the other party
-- contract_id agreement
-- currency    currency of settlement
-- dt          day
-- doc_id      document; null for entries that no mirrored document made, one row a day
-- line        document, or exchange_difference: tenge alone moved
-- debit_doc   debit
-- credit_doc  credit
-- debit_kzt   debit in tenge
-- credit_kzt  credit in tenge
with
moves as (
    select
        g.org_id,
        case a.side when 'ar' then 'customer' else 'supplier' end as role,
        g.cp_id, g.contract_id, coalesce(g.currency, 'KZT') as currency, g.dt, g.doc_id,
        case
            when coalesce(g.currency, 'KZT') <> 'KZT' and g.amount_doc = 0 and g.amount_kzt <> 0 then 'exchange_difference' else 'document'
        end as line,
        case g.line_side when 'dr' then 1 else -1 end * coalesce(g.amount_doc, g.amount_kzt) as amount_doc,
        case g.line_side when 'dr' then 1 else -1 end * g.amount_kzt as amount_kzt,
    from gl g
    join debt_account a on a.account = g.account[1:4]
    where g.dt between period_from and period_to
),

sums as (
    select
        m.org_id, m.role, m.cp_id, m.contract_id, m.currency, m.dt, m.doc_id, m.line,
        sum(m.amount_doc) as amount_doc, sum(m.amount_kzt) as amount_kzt,
    from moves m
    group by all
    having sum(m.amount_doc) <> 0 or sum(m.amount_kzt) <> 0
)
select
    org_id, role, cp_id, contract_id, currency, dt, doc_id, line,
    cast(greatest(amount_doc, 0) as decimal(18, 2)) as debit_doc,
    cast(greatest(-amount_doc, 0) as decimal(18, 2)) as credit_doc,
    cast(greatest(amount_kzt, 0) as decimal(18, 2)) as debit_kzt,
    cast(greatest(-amount_kzt, 0) as decimal(18, 2)) as credit_kzt,
from sums

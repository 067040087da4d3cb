-- Act of reconciliation with one party: opening balance, each document that moved it, closing balance; apart for each own entity,
-- role and currency. Debit: they owe us.
--
-- id:        act_of_reconciliation
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Акт сверки взаиморасчётов
-- title.kk:  Өзара есеп айырысуды салыстыру актісі
-- title.en:  Act of reconciliation
-- synonyms:  акт сверки, сверка расчётов, сальдо с контрагентом, взаиморасчёты, обороты с контрагентом, салыстыру актісі, act of reconciliation, statement of account
-- unit:      KZT
-- basis:     ledger: accounts of debt_account, 1210 and 3510 as customer, 3310 and 1710 as supplier, long-term ones with them
-- shape:     table
-- grain:     org, role, currency, line, document
-- params:    counterparty counterparty, period period, contract text?, org org?
-- formula:   balance before the period + debit − credit of party_moves of the period = closing, in each section of own entity, role and currency; `contract`: its number or short id; difference_doc = closing − open items of control_gl
-- needs:     onec
-- documents: its own lines are the documents, between an opening and a closing balance that repeats their turnover
-- tests:     tests/sql/test_metrics_act.py::test_opening_documents_and_closing_are_apart_for_each_role,
--     tests/sql/test_metrics_act.py::test_an_advance_set_off_is_no_movement,
--     tests/sql/test_metrics_act.py::test_one_contract_is_a_part_of_the_act_by_its_number,
--     tests/sql/test_metrics_act.py::test_dollars_stand_apart_with_their_difference_of_rates
--
-- org            own entity
-- role           customer or supplier: what the party is in this section
-- currency       currency of the section
-- line           opening, document, exchange_difference (tenge alone moved), closing
-- dt             day
-- doc_type       type of the document; empty for entries that no mirrored document made
-- number         its number in 1C
-- contract       number of the contract
-- debit_doc      debit; on the closing line the turnover
-- credit_doc     credit; on the closing line the turnover
-- balance_doc    balance of the section after the line; positive: they owe us, negative: we owe them
-- debit_kzt      debit in tenge
-- credit_kzt     credit in tenge
-- balance_kzt    the balance in tenge
-- closing_doc    closing balance of the section, the same in each of its rows
-- closing_kzt    the same in tenge
-- net_kzt        closing of the own entity over both roles and all currencies, in tenge
-- difference_doc closing of the section less what its open items say; zero when the books tie
-- reason         no_such_contract or no_movement when there is no section
with
moves as (
    select m.*, k.number as contract
    from party_moves(date '1900-01-01', $period_to) m
    left join contract k on k.contract_id = m.contract_id
    where m.cp_id = $counterparty
        and ($contract is null or m.contract_id = $contract or lower(trim(k.number)) = lower(trim($contract)))
),

sections as (
    select
        org_id, role, currency,
        coalesce(sum(debit_doc - credit_doc) filter (where dt < $period_from), 0) as opening_doc,
        coalesce(sum(debit_kzt - credit_kzt) filter (where dt < $period_from), 0) as opening_kzt,
        coalesce(sum(debit_doc) filter (where dt >= $period_from), 0) as debit_doc,
        coalesce(sum(credit_doc) filter (where dt >= $period_from), 0) as credit_doc,
        coalesce(sum(debit_kzt) filter (where dt >= $period_from), 0) as debit_kzt,
        coalesce(sum(credit_kzt) filter (where dt >= $period_from), 0) as credit_kzt,
        sum(debit_doc - credit_doc) as closing_doc,
        sum(debit_kzt - credit_kzt) as closing_kzt,
    from moves
    group by all
),

items as (
    select c.org_id, case c.side when 'ar' then 'customer' else 'supplier' end as role, c.currency,
        sum(case c.side when 'ar' then c.items else -c.items end) as items_doc,
    from control_gl($period_to) c
    left join contract k on k.contract_id = c.contract_id
    where c.cp_id = $counterparty
        and ($contract is null or c.contract_id = $contract or lower(trim(k.number)) = lower(trim($contract)))
    group by all
),

-- open items that the ledger knows nothing of are a section too
judged as (
    select
        coalesce(s.org_id, i.org_id) as org_id,
        coalesce(s.role, i.role) as role,
        coalesce(s.currency, i.currency) as currency,
        coalesce(s.opening_doc, 0) as opening_doc,
        coalesce(s.opening_kzt, 0) as opening_kzt,
        coalesce(s.debit_doc, 0) as debit_doc,
        coalesce(s.credit_doc, 0) as credit_doc,
        coalesce(s.debit_kzt, 0) as debit_kzt,
        coalesce(s.credit_kzt, 0) as credit_kzt,
        coalesce(s.closing_doc, 0) as closing_doc,
        coalesce(s.closing_kzt, 0) as closing_kzt,
        coalesce(s.closing_doc, 0) - coalesce(i.items_doc, 0) as difference_doc,
        coalesce(sum(s.closing_kzt) over (partition by coalesce(s.org_id, i.org_id)), 0) as net_kzt,
    from sections s
    full join items i on i.org_id = s.org_id and i.role = s.role and i.currency = s.currency
),

lines as (
    select
        m.org_id, m.role, m.currency, 1 as place, m.line, m.dt, d.type as doc_type, d.number, m.contract, m.doc_id,
        m.debit_doc, m.credit_doc, m.debit_kzt, m.credit_kzt,
        sum(m.debit_doc - m.credit_doc) over upto as moved_doc,
        sum(m.debit_kzt - m.credit_kzt) over upto as moved_kzt,
    from moves m
    left join doc d on d.doc_id = m.doc_id
    where m.dt >= $period_from
    window upto as (
        partition by m.org_id, m.role, m.currency order by m.dt, d.number, m.doc_id, m.contract, m.line
        rows between unbounded preceding and current row
    )
),

written as (
    select l.*, j.opening_doc + l.moved_doc as balance_doc, j.opening_kzt + l.moved_kzt as balance_kzt
    from lines l
    join judged j on j.org_id = l.org_id and j.role = l.role and j.currency = l.currency
    union all by name
    select org_id, role, currency, 0 as place, 'opening' as line, cast($period_from as date) as dt, opening_doc as balance_doc, opening_kzt as balance_kzt
    from judged
    union all by name
    select
        org_id, role, currency, 2 as place, 'closing' as line, cast($period_to as date) as dt, debit_doc, credit_doc, debit_kzt, credit_kzt,
        closing_doc as balance_doc, closing_kzt as balance_kzt,
    from judged
)
select
    o.name as org, w.role, w.currency, w.line, w.dt, w.doc_type, w.number, w.contract,
    cast(w.debit_doc as decimal(18, 2)) as debit_doc,
    cast(w.credit_doc as decimal(18, 2)) as credit_doc,
    cast(w.balance_doc as decimal(18, 2)) as balance_doc,
    cast(w.debit_kzt as decimal(18, 2)) as debit_kzt,
    cast(w.credit_kzt as decimal(18, 2)) as credit_kzt,
    cast(w.balance_kzt as decimal(18, 2)) as balance_kzt,
    cast(j.closing_doc as decimal(18, 2)) as closing_doc,
    cast(j.closing_kzt as decimal(18, 2)) as closing_kzt,
    cast(j.net_kzt as decimal(18, 2)) as net_kzt,
    cast(j.difference_doc as decimal(18, 2)) as difference_doc,
    case
        when w.org_id is not null then null
        when $contract is not null
            and not exists (
                from contract k
                where k.cp_id = $counterparty and (k.contract_id = $contract or lower(trim(k.number)) = lower(trim($contract)))
            ) then 'no_such_contract'
        else 'no_movement'
    end as reason,
from (select 1) one
left join written w on true
left join judged j on j.org_id = w.org_id and j.role = w.role and j.currency = w.currency
left join org o on o.org_id = w.org_id
order by o.name, w.org_id, w.role, w.currency, w.place, w.dt, w.number, w.doc_id, w.contract, w.line

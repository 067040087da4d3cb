-- What is to be settled: one row per payment stage of a sale, a purchase or a refund.
--
-- kind:      table
-- grain:     doc_id, stage
-- source:    doc, doc_schedule, pay_alloc, journal_item
-- units:     money in the document currency
-- label.ru:  Обязательства по документам
-- label.kk:  Құжаттар бойынша міндеттемелер
-- label.en:  Debit items
-- synonyms:  обязательства, отгрузки к оплате, этапы оплаты, debts
--
-- pool        what may be settled together: a number made of side, org, counterparty, contract and currency
-- side        ar: they owe us; ap: we owe them
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- doc_id      document that made the debt
-- doc_type    sale or refund_out (ar); purchase or refund_in (ap); debt_adjust for a debt restored; journal for opening balances and
--     other entries without a mirrored document
-- stage       payment stage, from 1
-- doc_date    when the debt arose
-- due_date    when the stage is to be paid
-- due_source  schedule, contract or none (then the document's own date)
-- currency    document currency
-- amount_doc  what the stage asks for
-- rate        tenge per rate_mult units, as booked
-- rate_mult   units that the rate is quoted for
-- turn        place in the order of settlement inside the pool: document date, due date, document
-- reach_doc   running total of amount_doc up to and with this row, inside the pool
with
staged as (
    select
        case d.type when 'sale' then 'ar' else 'ap' end as side,
        d.doc_id, d.type as doc_type, s.stage, d.org_id, d.cp_id, d.contract_id, d.doc_date, s.due_date, d.due_source,
        d.currency, s.amount_doc, d.rate, d.rate_mult
    from doc d
    join doc_schedule s using (doc_id)
    where d.type in ('sale', 'purchase')
),

refunded as (
    select
        case d.type when 'refund_out' then 'ar' else 'ap' end as side,
        d.doc_id, d.type as doc_type, a.line_no as stage, d.org_id, d.cp_id, a.contract_id, d.doc_date, d.doc_date as due_date,
        'none' as due_source, d.currency, a.amount_doc, d.rate, d.rate_mult
    from doc d
    join pay_alloc a using (doc_id)
    where d.type in ('refund_out', 'refund_in')
),

restored as (
    select
        a.side, d.doc_id, d.type as doc_type, a.line_no as stage, d.org_id, c.cp_id, a.contract_id, d.doc_date, d.doc_date as due_date,
        'none' as due_source, d.currency, a.amount_doc, d.rate, d.rate_mult
    from doc d
    join pay_alloc a using (doc_id)
    join contract c on c.contract_id = a.contract_id
    where d.type = 'debt_adjust'
),

journals as (
    select
        j.side, j.doc_id, 'journal' as doc_type, j.line_no as stage, j.org_id, j.cp_id, j.contract_id, j.doc_date, j.doc_date as due_date,
        'none' as due_source, j.currency, j.amount_doc, j.rate, 1 as rate_mult
    from journal_item j
    where j.amount_doc > 0
),

every as (
    from staged union all by name from refunded union all by name from restored union all by name from journals
),

pooled as (
    select
        hash(e.side, e.org_id, e.cp_id, e.contract_id, e.currency) as pool,
        e.*,
        k.src_ref
    from every e
    join doc_key k using (doc_id)
)
select
    pool, side, org_id, cp_id, contract_id, doc_id, doc_type, stage, doc_date, due_date, due_source, currency,
    amount_doc, rate, rate_mult,
    cast(row_number() over by_turn as integer) as turn,
    cast(sum(amount_doc) over by_turn as decimal(18, 2)) as reach_doc,
from pooled
window by_turn as (partition by pool order by doc_date, due_date, src_ref, stage)

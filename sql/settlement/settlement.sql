-- Which payment, return, offset or write-off settled which document, how much of it, what that was worth and from when.
--
-- A credit that names its target takes what is open of it. The rest, and credits without a target, pay the oldest
-- document of the same contract first, unless the contract is settled document by document.
-- Nothing crosses contracts, currencies, own entities or sides.
-- In foreign currency the balance in the currency decides: what settles a debt of dollars is dollars, at its own rate. The tenge by
-- which that part of the debt was carried higher or lower are an exchange difference, a row of its own with the method fx_close.
--
-- kind:      table
-- grain:     credit_doc_id, credit_line, debit_doc_id, stage, method
-- source:    matched, debit_item, credit_item, revaluation
-- units:     money in the currency of the documents; _kzt in tenge at the rate of the credit document
-- label.ru:  Расчёты: что чем оплачено
-- label.kk:  Есеп айырысу: не немен төленді
-- label.en:  Settlements
-- synonyms:  зачёт оплат, взаимозачёты, разноска, чем оплачено, закрытие накладных, allocation
--
-- side           ar: they owed us; ap: we owed them
-- org_id         own entity
-- cp_id          the other party
-- contract_id    agreement
-- currency       currency of both documents
-- credit_doc_id  document that settles
-- credit_line    its part
-- debit_doc_id   document that is settled
-- stage          its payment stage
-- amount_doc     settled, in the document currency; 0 for fx_close
-- amount_kzt     in tenge, what the credit gave at its own rate; for fx_close what the debt was carried at above that (a loss on ar,
--     a gain on ap), or below when negative. All rows of a document sum to what it was carried at
-- eff_date       from when it counts: the later of both documents' dates
-- method         explicit, contract_fifo, return, offset, writeoff, manual (entries without a mirrored document) or fx_close
-- evidence       linked: the document names its target; order: by date inside the contract
with
every as (
    select
        m.pool, m.credit_turn, m.debit_turn, m.amount_doc, m.eff_date, m.evidence,
        c.doc_id as credit_doc_id, c.line_no as credit_line, c.doc_type as credit_type, c.currency,
        c.amount_doc as credit_doc, c.rate as credit_rate, c.rate_mult as credit_mult, c.worth_kzt,
        m.evidence = 'linked' and c.doc_date < c.free_date as was_kept,
    from matched m
    join credit_item c on c.pool = m.pool and c.turn = m.credit_turn
),

-- what was left of the credit and open of the stage just before
before as (
    select
        e.*, d.doc_id as debit_doc_id, d.stage, d.rate, d.rate_mult,
        e.credit_doc - coalesce(sum(e.amount_doc) over of_credit, 0) as left_doc,
        d.amount_doc - coalesce(sum(e.amount_doc) over of_debit, 0) as open_doc,
    from every e
    join debit_item d on d.pool = e.pool and d.turn = e.debit_turn
    where e.currency <> 'KZT'
    window
        of_credit as (
            partition by e.pool, e.credit_turn order by e.evidence = 'order', e.debit_turn rows between unbounded preceding and 1 preceding
        ),
        of_debit as (
            partition by e.pool, e.debit_turn order by e.eff_date, not e.was_kept, e.credit_turn
            rows between unbounded preceding and 1 preceding
        )
),

-- a revaluation is the last thing of its day, so one of the same day comes after
foreign_rows as (
    select
        b.pool, b.debit_turn, b.credit_doc_id, b.credit_line, b.credit_type, b.amount_doc, b.eff_date, b.evidence,
        coalesce(share_of(b.worth_kzt, b.left_doc, b.credit_doc), in_kzt(b.left_doc, b.credit_rate, b.credit_mult))
            - coalesce(share_of(b.worth_kzt, b.left_doc - b.amount_doc, b.credit_doc), in_kzt(b.left_doc - b.amount_doc, b.credit_rate, b.credit_mult)) as given_kzt,
        coalesce(share_of(r.value_kzt, b.open_doc, r.open_doc), in_kzt(b.open_doc, b.rate, b.rate_mult))
            - coalesce(share_of(r.value_kzt, b.open_doc - b.amount_doc, r.open_doc), in_kzt(b.open_doc - b.amount_doc, b.rate, b.rate_mult)) as carried_kzt,
    from before b
    asof left join revaluation r on r.debit_doc_id = b.debit_doc_id and r.stage = b.stage and r.reval_date < b.eff_date
),

valued as (
    select pool, debit_turn, credit_doc_id, credit_line, credit_type, amount_doc, eff_date, evidence, amount_doc as amount_kzt
    from every
    where currency = 'KZT'
    union all
    select pool, debit_turn, credit_doc_id, credit_line, credit_type, amount_doc, eff_date, evidence, given_kzt
    from foreign_rows
    union all
    select pool, debit_turn, credit_doc_id, credit_line, 'fx_close', 0, eff_date, evidence, carried_kzt - given_kzt
    from foreign_rows
    where carried_kzt <> given_kzt
)
select
    d.side, d.org_id, d.cp_id, d.contract_id, d.currency,
    v.credit_doc_id, v.credit_line, d.doc_id as debit_doc_id, d.stage,
    cast(v.amount_doc as decimal(18, 2)) as amount_doc,
    cast(v.amount_kzt as decimal(18, 2)) as amount_kzt,
    v.eff_date,
    case
        when v.credit_type in ('sale_return', 'purchase_return') then 'return'
        when v.credit_type in ('offset', 'writeoff', 'fx_close') then v.credit_type
        when v.credit_type in ('journal', 'journal_advance') then 'manual'
        when v.evidence = 'linked' then 'explicit'
        else 'contract_fifo'
    end as method,
    v.evidence,
from valued v
join debit_item d on d.pool = v.pool and d.turn = v.debit_turn

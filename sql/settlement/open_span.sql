-- From which day until which how much was open of each sale, purchase or refund, one row for each stretch without a change.
--
-- What a date asks for is here found, not reckoned: ar_open and ap_open are the stretches that hold it.
--
-- kind:      table
-- grain:     doc_id, stage, open_from
-- source:    debit_item, credit_item, matched, revaluation
-- units:     _doc in the document currency, _kzt in tenge as the ledger carried it; days are inclusive
-- label.ru:  Как менялся остаток долга
-- label.kk:  Қарыз қалдығы қалай өзгерді
-- label.en:  How what was open changed
-- synonyms:  история долга, остаток долга по дням, с какого по какой день, қарыз тарихы, history of a debt
--
-- side        ar: they owed us; ap: we owed them
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- doc_id      unpaid document
-- doc_type    sale, purchase, refund_out, refund_in or debt_adjust
-- number      document number in 1C
-- doc_date    document date
-- stage       payment stage, from 1
-- due_date    when it was to be paid
-- due_source  schedule, contract, or none: no term is set and the document date stands in
-- currency    document currency
-- amount_doc  what the stage asked for
-- open_doc    what was not yet paid
-- open_kzt    the same in tenge, as the ledger carried it
-- paid_after_doc of open_doc, what payments of later days have paid, as far as is recorded
-- open_from   first day of the stretch
-- open_to     its last day; empty while nothing has changed since
with
-- the key of a stage
known as (
    select r.reval_date, r.value_kzt, r.open_doc, d.pool, d.turn
    from revaluation r
    join debit_item d on d.doc_id = r.debit_doc_id and d.stage = r.stage
),

changes as (
    select pool, turn, doc_date as day, amount_doc, 0 as paid_doc from debit_item
    union all
    select m.pool, m.debit_turn, m.eff_date, -m.amount_doc, if(c.doc_type in ('pay_in', 'pay_out'), m.amount_doc, 0)
    from matched m
    join credit_item c on c.pool = m.pool and c.turn = m.credit_turn
    union all
    select pool, turn, reval_date, 0, 0 from known
),

running as (
    select
        pool, turn, day as open_from,
        lead(day) over line - 1 as open_to,
        sum(sum(amount_doc)) over line as open_doc,
        sum(sum(paid_doc)) over (partition by pool, turn) - sum(sum(paid_doc)) over line as paid_after_doc,
    from changes
    group by pool, turn, day
    window line as (partition by pool, turn order by day)
),

spans as (
    from running where open_doc > 0
),

-- the last revaluation has brought it to a rate of its own
revalued as (
    select s.pool, s.turn, s.open_from, share_of(r.value_kzt, s.open_doc, r.open_doc) as open_kzt
    from (from spans semi join known using (pool, turn)) s
    asof join known r on r.pool = s.pool and r.turn = s.turn and r.reval_date <= s.open_from
)
select
    d.side, d.org_id, d.cp_id, d.contract_id, d.doc_id, d.doc_type, doc.number, d.doc_date, d.stage, d.due_date, d.due_source,
    d.currency, d.amount_doc,
    cast(s.open_doc as decimal(18, 2)) as open_doc,
    coalesce(v.open_kzt, in_kzt(s.open_doc, d.rate, d.rate_mult)) as open_kzt,
    cast(s.paid_after_doc as decimal(18, 2)) as paid_after_doc,
    s.open_from, s.open_to,
from spans s
join debit_item d on d.pool = s.pool and d.turn = s.turn
join doc on doc.doc_id = d.doc_id
left join revalued v on v.pool = s.pool and v.turn = s.turn and v.open_from = s.open_from

-- What is owed on one side on a date, one row per unpaid document or payment stage: the body of ar_open and ap_open.
--
-- kind:      macro(of_side varchar, as_of date)
-- grain:     doc_id, stage
-- source:    open_span, fx_rate
-- units:     _doc in the document currency; _kzt in tenge as the ledger carries it: at the booked rate with the revaluations posted since; days are calendar days
-- listed:    no
-- label.ru:  Задолженность одной стороны
-- label.kk:  Бір жақтың берешегі
-- label.en:  Open items of one side
-- synonyms:  открытые документы одной стороны, open items of one side
--
-- org_id          own entity
-- cp_id           who owes (of_side ar), or whom we owe (ap)
-- counterparty    its name [untrusted]
-- contract_id     agreement
-- doc_id          unpaid document
-- doc_type        sale or purchase, refund_out or refund_in for money returned without an advance behind it, or debt_adjust
-- number          document number in 1C
-- doc_date        document date
-- stage           payment stage, from 1
-- due_date        when it is to be paid
-- due_source      schedule, contract, or none: no term is set and the document date stands in
-- currency        document currency
-- amount_doc      what the stage asked for
-- open_doc        what is not yet paid
-- open_kzt        the same in tenge, as the ledger carries it; the total ties to the accounts
-- open_kzt_now    the same in tenge at the National Bank's rate of as_of; empty without a rate
-- paid_after_doc  of open_doc, what payments after as_of have paid, as far as is recorded; never taken off
-- days_late       as_of minus due_date; zero or less is not yet due
-- bucket          not_due, 1-30, 31-60, 61-90 or 91+
-- is_intercompany the other party is an own entity; company totals leave it out
with
rates as (
    select f.currency, arg_max(f.rate, f.rate_date) as rate, arg_max(f.mult, f.rate_date) as mult
    from fx_rate f
    where f.rate_date <= as_of
    group by f.currency
),

spans as (
    select s.*, date_diff('day', s.due_date, cast(as_of as date)) as days_late
    from open_span s
    where s.side = of_side and s.open_from <= as_of and (s.open_to is null or s.open_to >= as_of)
)
select
    o.org_id, o.cp_id, cp.name as counterparty, o.contract_id, o.doc_id, o.doc_type, o.number, o.doc_date, o.stage, o.due_date,
    o.due_source, o.currency, o.amount_doc, o.open_doc, o.open_kzt,
    cast(if(o.currency = 'KZT', o.open_doc, in_kzt(o.open_doc, f.rate, f.mult)) as decimal(18, 2)) as open_kzt_now,
    o.paid_after_doc,
    cast(o.days_late as integer) as days_late,
    case
        when o.days_late <= 0 then 'not_due'
        when o.days_late <= 30 then '1-30'
        when o.days_late <= 60 then '31-60'
        when o.days_late <= 90 then '61-90'
        else '91+'
    end as bucket,
    coalesce(cp.is_intercompany, false) as is_intercompany,
from spans o
left join rates f on f.currency = o.currency
left join cp on cp.cp_id = o.cp_id

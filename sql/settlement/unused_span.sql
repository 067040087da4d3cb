-- From which day until which how much of each payment, return, offset or write-off was not used, one row for each stretch without a change.
--
-- What a date asks for is here found, not reckoned: advances are the stretches that hold it.
--
-- kind:      table
-- grain:     doc_id, line_no, unused_from
-- source:    credit_item, matched
-- units:     _doc in the document currency, _kzt in tenge at the booked rate; days are inclusive
-- label.ru:  Как менялся остаток аванса
-- label.kk:  Аванс қалдығы қалай өзгерді
-- label.en:  How what was unused changed
-- synonyms:  история аванса, остаток аванса по дням, аванс тарихы, history of an advance
--
-- side        ar: got from customers; ap: paid to suppliers
-- kind        advance for money and what was entered by hand on an account of advances, credit for the rest
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- doc_id      document that was not used up
-- doc_type    its type
-- number      its number in 1C
-- doc_date    its date
-- line_no     part of the document
-- currency    document currency
-- unused_doc  what was left of it
-- unused_kzt  the same in tenge
-- unused_from first day of the stretch
-- unused_to   its last day; empty while nothing has changed since
with
changes as (
    select pool, turn, doc_date as day, amount_doc from credit_item
    union all
    select pool, credit_turn, eff_date, -amount_doc from matched
),

running as (
    select
        pool, turn, day as unused_from,
        lead(day) over line - 1 as unused_to,
        sum(sum(amount_doc)) over line as unused_doc,
    from changes
    group by pool, turn, day
    window line as (partition by pool, turn order by day)
)
select
    c.side,
    case when c.doc_type in ('pay_in', 'pay_out', 'journal_advance') then 'advance' else 'credit' end as kind,
    c.org_id, c.cp_id, c.contract_id, c.doc_id, c.doc_type, doc.number, c.doc_date, c.line_no, c.currency,
    cast(r.unused_doc as decimal(18, 2)) as unused_doc,
    coalesce(share_of(c.worth_kzt, r.unused_doc, c.amount_doc), in_kzt(r.unused_doc, c.rate, c.rate_mult)) as unused_kzt,
    r.unused_from, r.unused_to,
from running r
join credit_item c on c.pool = r.pool and c.turn = r.turn
join doc on doc.doc_id = c.doc_id
where r.unused_doc > 0

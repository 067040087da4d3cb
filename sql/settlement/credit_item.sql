-- What settles: one row per part of a payment, return, offset or write-off.
--
-- kind:      table
-- grain:     doc_id, line_no
-- source:    doc, pay_alloc, debit_item, journal_item
-- units:     money in `currency`
-- label.ru:  Оплаты, возвраты и зачёты
-- label.kk:  Төлемдер, қайтарулар және есепке алулар
-- label.en:  Credit items
-- synonyms:  оплаты, зачёты, взаимозачёты, списания долга, credits
--
-- pool          what may be settled together: a number made of side, org, counterparty, contract and currency
-- side          ar: takes from what they owe us; ap: takes from what we owe them
-- org_id        own entity
-- cp_id         the other party
-- contract_id   agreement
-- doc_id        document that settles
-- doc_type      pay_in, pay_out, sale_return, purchase_return, offset or writeoff; journal for entries without a mirrored document,
--     journal_advance for those to an account of advances
-- line_no       part of the document, from 1
-- doc_date      date of the document
-- currency      document currency; the contract's for a payment in another one, when nothing had been shipped in its own
-- amount_doc    what it can settle
-- rate          tenge per rate_mult units, as booked
-- rate_mult     units that the rate is quoted for
-- worth_kzt     tenge of all of it, where it was paid in another currency than it settles and the rate says it but nearly; else empty
-- target_doc_id the document that it names as settled, when that one is in the same pool
-- free_date     from when what it does not give to its target is free: its own date, or the target's when that is later
-- turn          place in the order of settlement inside the pool
with
-- by what had been shipped until then, so that a later document does not change how an earlier payment counts
owed_in as (
    select contract_id, currency, min(doc_date) as since from debit_item where doc_type in ('sale', 'purchase') group by all
),

parts as (
    select
        case d.type when 'pay_in' then 'ar' when 'pay_out' then 'ap' else a.side end as side,
        d.doc_id, d.type as doc_type, a.line_no, d.org_id,
        case when d.type in ('offset', 'writeoff') then c.cp_id else d.cp_id end as cp_id,
        a.contract_id, d.doc_date, a.target_doc_id,
        -- tenge paid under a contract in dollars settle the dollars that 1C has booked for them
        d.currency <> c.currency and o.contract_id is null and a.amount_settled > 0 as is_converted,
        if(is_converted, c.currency, d.currency) as currency,
        if(is_converted, a.amount_settled, a.amount_doc) as amount_doc,
        if(is_converted, cast(a.amount_kzt / a.amount_settled as decimal(18, 4)), d.rate) as rate,
        if(is_converted, 1, d.rate_mult) as rate_mult,
        if(is_converted, a.amount_kzt, null) as worth_kzt,
    from doc d
    join pay_alloc a using (doc_id)
    left join contract c on c.contract_id = a.contract_id
    left join owed_in o on o.contract_id = a.contract_id and o.currency = d.currency and o.since <= d.doc_date
    where d.type in ('pay_in', 'pay_out', 'offset', 'writeoff')
),

returns as (
    select
        case d.type when 'sale_return' then 'ar' else 'ap' end as side,
        d.doc_id, d.type as doc_type, 1 as line_no, d.org_id, d.cp_id, d.contract_id, d.doc_date, d.currency,
        d.sum_doc as amount_doc, d.rate, d.rate_mult, null as worth_kzt, d.base_doc_id as target_doc_id
    from doc d
    where d.type in ('sale_return', 'purchase_return')
),

journals as (
    select
        j.side, j.doc_id, if(j.is_advance, 'journal_advance', 'journal') as doc_type, j.line_no, j.org_id, j.cp_id, j.contract_id, j.doc_date,
        cast(null as varchar) as target_doc_id, false as is_converted, j.currency, -j.amount_doc as amount_doc, j.rate, 1 as rate_mult,
        if(j.currency = 'KZT', null, -j.amount_kzt) as worth_kzt,
    from journal_item j
    where j.amount_doc < 0
),

every as (
    select hash(side, org_id, cp_id, contract_id, currency) as pool, * exclude (is_converted)
    from (from parts union all by name from returns union all by name from journals)
),

targets as (
    select pool, doc_id as target_doc_id, any_value(doc_date) as target_date
    from debit_item
    group by all
),

-- a link out of the pool is no link; it waits for a target that is dated later all the same
linked as (
    select
        e.* exclude (target_doc_id),
        t.target_doc_id,
        greatest(e.doc_date, coalesce(t.target_date, other.doc_date, e.doc_date)) as free_date,
        k.src_ref
    from every e
    join doc_key k using (doc_id)
    left join targets t on t.pool = e.pool and t.target_doc_id = e.target_doc_id
    left join doc other on other.doc_id = e.target_doc_id
)
select
    pool, side, org_id, cp_id, contract_id, doc_id, doc_type, line_no, doc_date, currency, amount_doc, rate, rate_mult, worth_kzt,
    target_doc_id, free_date,
    cast(row_number() over (
        partition by pool order by free_date, free_date = doc_date, doc_date, src_ref, line_no
    ) as integer) as turn,
from linked

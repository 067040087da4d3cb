-- What each posted revaluation of debts in foreign currency added to which open document, in tenge.
--
-- 1C posts it to 1210 or 3310 (or a long-term one of theirs) for a counterparty and contract as a whole: tenge without currency. It brings all that is open of the
-- contract to one rate, so each open document comes to its share, by currency, of what they stood at together and what was added; one
-- that was booked at a lower rate gains more. The last one takes what rounding leaves. Advances are not revalued.
-- Such an entry is known by its form, so it counts even when the document that made it is not mirrored. One posted while
-- nothing is open finds no document and stays a difference in control_gl.
--
-- kind:      table
-- grain:     reval_date, debit_doc_id, stage
-- source:    gl, doc, debt_account, debit_item, matched
-- units:     open_doc in `currency`, _kzt in tenge
-- label.ru:  Переоценка валютных долгов
-- label.kk:  Валюталық қарыздарды қайта бағалау
-- label.en:  Revaluation of debts
-- synonyms:  переоценка, курсовая разница, валютный долг, қайта бағалау, revaluation, exchange difference
--
-- reval_date    day of the entries; they are the last thing of the day
-- doc_id        document that made them; empty when it is not mirrored
-- side          ar: they owe us; ap: we owe them
-- org_id        own entity
-- cp_id         the other party
-- contract_id   agreement
-- currency      currency of the debt
-- debit_doc_id  document that is revalued
-- stage         its payment stage
-- open_doc      what was open of it on that evening
-- amount_kzt    what was added to its value; negative when the debt lost value
-- value_kzt     what it stood at afterwards; a part paid later stands at its part of it, until the next revaluation
with recursive
posted as (
    select
        hash(a.side, g.org_id, g.cp_id, g.contract_id, g.currency) as pool,
        g.dt as reval_date,
        min(g.doc_id) as doc_id,
        sum(if((g.line_side = 'dr') = (a.side = 'ar'), g.amount_kzt, -g.amount_kzt)) as amount_kzt,
    from gl g
    join debt_account a on a.account = g.account[1:4] and a.kind = 'debt'
    left join doc d using (doc_id)
    where g.currency <> 'KZT' and g.amount_doc = 0 and coalesce(d.type, 'reval') in ('reval', 'journal')
    group by all
),

moved as (
    select pool, turn, doc_date as day, amount_doc from debit_item where pool in (select pool from posted)
    union all
    select pool, debit_turn, eff_date, -amount_doc from matched where pool in (select pool from posted)
),

-- what was open, in stretches of days: to take what was paid until each revaluation anew would count each payment many times
running as (
    select
        pool, turn, day as open_from,
        lead(day) over line as open_until,
        sum(sum(amount_doc)) over line as open_doc,
    from moved
    group by pool, turn, day
    window line as (partition by pool, turn order by day)
),

open_then as (
    select
        p.*, d.* exclude (pool, doc_id, amount_doc, turn), d.doc_id as debit_doc_id, d.turn, r.open_doc,
        dense_rank() over (partition by p.pool order by p.reval_date) as n,
    from posted p
    join running r on r.pool = p.pool and r.open_from <= p.reval_date and (r.open_until is null or r.open_until > p.reval_date)
    join debit_item d on d.pool = r.pool and d.turn = r.turn
    where r.open_doc > 0
),

-- one revaluation of each contract after another: what a document stands at before it is what the last one has left
valued (pool, n, turn, open_doc, before_kzt, value_kzt) as (
    select distinct pool, 0, 0, cast(null as decimal(18, 2)), cast(null as decimal(18, 2)), cast(null as decimal(18, 2)) from open_then

    union all

    select pool, n, turn, open_doc, before_kzt, value_kzt
    from (
        with
        stood as (
            select
                o.pool, o.n, o.turn, o.amount_kzt, cast(o.open_doc as decimal(18, 2)) as open_doc,
                coalesce(share_of(v.value_kzt, o.open_doc, v.open_doc), in_kzt(o.open_doc, o.rate, o.rate_mult)) as before_kzt,
            from (select distinct pool, n + 1 as n from valued) t
            join open_then o on o.pool = t.pool and o.n = t.n
            left join valued v on v.pool = o.pool and v.turn = o.turn
        ),

        shared as (
            select
                *,
                amount_kzt + sum(before_kzt) over whole as whole_kzt,
                share_of(amount_kzt + sum(before_kzt) over whole, open_doc, sum(open_doc) over whole) as share_kzt,
                turn = max(turn) over whole as is_last,
            from stood
            window whole as (partition by pool)
        )

        select
            *,
            cast(if(
                is_last, whole_kzt - coalesce(sum(share_kzt) filter (where not is_last) over (partition by pool), 0), share_kzt
            ) as decimal(18, 2)) as value_kzt,
        from shared
    )
)
select
    o.reval_date, o.doc_id, o.side, o.org_id, o.cp_id, o.contract_id, o.currency, o.debit_doc_id, o.stage,
    v.open_doc,
    cast(v.value_kzt - v.before_kzt as decimal(18, 2)) as amount_kzt,
    v.value_kzt,
from valued v
join open_then o using (pool, n, turn)

-- What each posted revaluation of debts in foreign currency added to which open document, in tenge.
--
-- 1C posts it to 1210 or 3310 for a counterparty and contract as a whole: tenge without currency. Each open document gets its
-- share by what is open of it in the currency; the last one takes what rounding leaves. Advances are not revalued.
-- Such an entry is known by its form, so it counts even when the document that made it is not mirrored. One posted while
-- nothing is open finds no document and stays a difference in control_gl.
--
-- kind:      table
-- grain:     reval_date, debit_doc_id, stage
-- source:    gl, doc, debit_item, matched
-- units:     open_doc in `currency`, amount_kzt in tenge
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
with
posted as (
    select
        concat_ws('|', if(g.account[1:4] = '1210', 'ar', 'ap'), g.org_id, g.cp_id, g.contract_id, g.currency) as pool,
        g.dt as reval_date,
        min(g.doc_id) as doc_id,
        sum(if((g.line_side = 'dr') = (g.account[1:4] = '1210'), g.amount_kzt, -g.amount_kzt)) as amount_kzt,
    from gl g
    left join doc d using (doc_id)
    where g.account[1:4] in ('1210', '3310') and g.currency <> 'KZT' and g.amount_doc = 0 and coalesce(d.type, 'reval') = 'reval'
    group by all
    having sum(if((g.line_side = 'dr') = (g.account[1:4] = '1210'), g.amount_kzt, -g.amount_kzt)) <> 0
),

settled as (
    select p.pool, p.reval_date, m.debit_turn, sum(m.amount_doc) as amount_doc
    from posted p
    join matched m on m.pool = p.pool and m.eff_date <= p.reval_date
    group by all
),

open_then as (
    select p.*, d.* exclude (pool, doc_id, amount_doc, turn), d.doc_id as debit_doc_id, d.turn, d.amount_doc - coalesce(s.amount_doc, 0) as open_doc
    from posted p
    join debit_item d on d.pool = p.pool and d.doc_date <= p.reval_date
    left join settled s on s.pool = p.pool and s.reval_date = p.reval_date and s.debit_turn = d.turn
    where d.amount_doc > coalesce(s.amount_doc, 0)
),

shared as (
    select
        *,
        share_of(amount_kzt, open_doc, sum(open_doc) over whole) as share_kzt,
        turn = max(turn) over whole as is_last,
    from open_then
    window whole as (partition by pool, reval_date)
)
select
    reval_date, doc_id, side, org_id, cp_id, contract_id, currency, debit_doc_id, stage,
    cast(open_doc as decimal(18, 2)) as open_doc,
    cast(if(
        is_last,
        amount_kzt - coalesce(sum(share_kzt) filter (where not is_last) over (partition by pool, reval_date), 0),
        share_kzt
    ) as decimal(18, 2)) as amount_kzt,
from shared

-- What opening balances and other entries without a mirrored document add to debts, or take from them: one row for each recorder and pool.
--
-- The two accounts of a side are one here, so an advance set off against a debt adds nothing. Entries in foreign currency that move
-- tenge alone are revaluations.
--
-- published: no
-- kind:      table
-- grain:     doc_id, line_no
-- source:    gl, doc, debt_account
-- units:     money in `currency`, _kzt in tenge
--
-- side        ar: accounts of customers; ap: of suppliers
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- doc_id      document of type journal
-- line_no     part of it, from 1
-- doc_date    day of the entries
-- currency    currency
-- amount_doc  added to the debt; negative when taken from it
-- amount_kzt  the same in tenge
-- rate        tenge of one unit
-- is_advance  taken, and by the account of advances
with
entries as (
    select
        a.side, g.org_id, g.cp_id, g.contract_id, g.doc_id, g.dt, g.currency,
        if((g.line_side = 'dr') = (a.side = 'ar'), 1, -1) as sign,
        g.amount_doc, g.amount_kzt,
        a.kind = 'advance' as is_advance,
    from gl g
    join doc d using (doc_id)
    join debt_account a on a.account = g.account[1:4]
    where d.type = 'journal' and (g.currency = 'KZT' or g.amount_doc <> 0)
),

summed as (
    select
        side, org_id, cp_id, contract_id, doc_id, dt as doc_date, currency,
        sum(sign * amount_doc) as amount_doc,
        sum(sign * amount_kzt) as amount_kzt,
        coalesce(sum(sign * amount_doc) filter (where is_advance), 0) < 0 as is_advance,
    from entries
    group by all
    having sum(sign * amount_doc) <> 0
)
select
    side, org_id, cp_id, contract_id, doc_id,
    cast(row_number() over (partition by doc_id order by side, doc_date, org_id, cp_id, contract_id, currency) as integer) as line_no,
    doc_date, currency,
    cast(amount_doc as decimal(18, 2)) as amount_doc,
    cast(amount_kzt as decimal(18, 2)) as amount_kzt,
    cast(if(currency = 'KZT', 1, abs(amount_kzt / amount_doc)) as decimal(18, 4)) as rate,
    is_advance and amount_doc < 0 as is_advance,
from summed

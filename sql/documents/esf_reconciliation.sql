-- The documents and electronic invoices behind esf_reconciliation, one row a turnover.
--
-- grain:  part, doc_id
-- parts:  difference_kzt, book_kzt, esf_kzt, missing_esf, missing_1c, sum_diff, vat_diff, cancelled_but_posted, late, pending, ok, problems, turnovers
-- units:  tenge; counts are 1 each
--
-- part         column of esf_reconciliation that these amounts add up to
-- doc_id       document in 1C, else the invoice
-- type         type of the document, or esf
-- number       its number in 1C, else the seller's of the invoice
-- doc_date     day of the turnover
-- counterparty the other party; as the invoice spells it where 1C does not know it [untrusted]
-- amount       amount, or 1
with
held as (
    select
        r.outcome, coalesce(r.doc_id, r.esf_id) as doc_id, coalesce(d.type, 'esf') as type, coalesce(d.number, e.number) as number,
        r.turnover_date as doc_date,
        coalesce(cp.name, if(r.direction = 'out', e.buyer_name, e.seller_name)) as counterparty,
        r.book_kzt, r.esf_kzt,
    from esf_rec r
    left join doc d on d.doc_id = r.doc_id
    left join esf e on e.esf_id = r.esf_id
    left join cp on cp.cp_id = r.cp_id
    where r.turnover_date between $period_from and $period_to and ($direction is null or r.direction = $direction)
)
select 'difference_kzt' as part, doc_id, type, number, doc_date, counterparty, cast(esf_kzt - book_kzt as decimal(18, 2)) as amount
from held
where esf_kzt <> book_kzt
union all
select 'book_kzt', doc_id, type, number, doc_date, counterparty, book_kzt from held where book_kzt <> 0
union all
select 'esf_kzt', doc_id, type, number, doc_date, counterparty, esf_kzt from held where esf_kzt <> 0
union all
select outcome, doc_id, type, number, doc_date, counterparty, 1 from held
union all
select 'problems', doc_id, type, number, doc_date, counterparty, 1 from held where outcome not in ('ok', 'pending')
union all
select 'turnovers', doc_id, type, number, doc_date, counterparty, 1 from held

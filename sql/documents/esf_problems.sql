-- The documents and electronic invoices that esf_problems lists.
--
-- grain:  part, doc_id
-- parts:  difference_doc, book_doc, esf_doc, vat_diff_doc
-- units:  currency of the document
--
-- part         column of esf_problems that these amounts add up to
-- doc_id       document in 1C, else the invoice
-- type         type of the document, or esf
-- number       its number in 1C, else the seller's of the invoice
-- doc_date     day of the turnover
-- counterparty the other party; as the invoice spells it where 1C does not know it [untrusted]
-- amount       amount
with
held as (
    select
        coalesce(r.doc_id, r.esf_id) as doc_id, coalesce(d.type, 'esf') as type, coalesce(d.number, e.number) as number,
        r.turnover_date as doc_date,
        coalesce(cp.name, if(r.direction = 'out', e.buyer_name, e.seller_name)) as counterparty,
        r.book_doc, r.esf_doc, r.difference_doc, r.vat_diff_doc,
    from esf_rec r
    left join doc d on d.doc_id = r.doc_id
    left join esf e on e.esf_id = r.esf_id
    left join cp on cp.cp_id = r.cp_id
    where r.outcome not in ('ok', 'pending') and r.turnover_date between $period_from and $period_to
        and ($direction is null or r.direction = $direction)
        and ($counterparty is null or r.cp_id = $counterparty)
)
select 'difference_doc' as part, doc_id, type, number, doc_date, counterparty, difference_doc as amount from held where difference_doc <> 0
union all
select 'book_doc', doc_id, type, number, doc_date, counterparty, book_doc from held where book_doc <> 0
union all
select 'esf_doc', doc_id, type, number, doc_date, counterparty, esf_doc from held where esf_doc <> 0
union all
select 'vat_diff_doc', doc_id, type, number, doc_date, counterparty, vat_diff_doc from held where vat_diff_doc <> 0

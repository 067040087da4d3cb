-- The lines that vat_problems lists, by document.
--
-- grain:  part, doc_id, line
-- parts:  vat_doc, expected_doc, sum_doc
-- units:  currency of the document
--
-- part         column of vat_problems that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       VAT stored, VAT that the rate makes, or the line with VAT
with
wrong as (
    select v.doc_id, v.type, v.number, v.doc_date, cp.name as counterparty, v.problem, v.sum_doc, v.vat_doc, v.expected_doc
    from vat_fault v
    left join cp using (cp_id)
    where v.doc_date between $period_from and $period_to
)
select 'vat_doc' as part, doc_id, type, number, doc_date, counterparty, vat_doc as amount from wrong
union all
select 'expected_doc', doc_id, type, number, doc_date, counterparty, expected_doc from wrong
union all
select 'sum_doc', doc_id, type, number, doc_date, counterparty, sum_doc from wrong

-- The lines with a VAT problem behind vat_check, by document.
--
-- grain:  part, doc_id, line
-- parts:  value, wrong_amount, wrong_rate
-- units:  lines, 1 each
--
-- part         column of vat_check that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       1 for a line
with
wrong as (
    select v.doc_id, v.type, v.number, v.doc_date, cp.name as counterparty, v.problem, v.sum_doc, v.vat_doc, v.expected_doc
    from vat_fault v
    left join cp using (cp_id)
    where v.doc_date between $period_from and $period_to
)
select 'value' as part, doc_id, type, number, doc_date, counterparty, cast(1 as decimal(18, 2)) as amount from wrong
union all
select 'wrong_amount', doc_id, type, number, doc_date, counterparty, 1 from wrong where problem in ('amount', 'both')
union all
select 'wrong_rate', doc_id, type, number, doc_date, counterparty, 1 from wrong where problem in ('rate', 'both')

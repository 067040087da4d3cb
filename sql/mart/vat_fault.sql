-- Lines of sales, purchases and returns whose VAT or rate is wrong, of all time: the rows of vat_lines with a problem, found once.
--
-- kind:      table
-- grain:     doc_id, line_no
-- source:    vat_lines, doc
-- units:     currency of the document
-- listed:    no
-- label.ru:  Строки с ошибками НДС за всё время
-- label.kk:  Барлық уақыттағы ҚҚС қателері
-- label.en:  Lines with a VAT problem of all time
-- synonyms:  ошибки НДС, ҚҚС қателері, VAT errors
--
-- doc_id        document
-- type          sale, sale_return, purchase or purchase_return
-- number        its number in 1C
-- doc_date      its date
-- turnover_date day that decides the rate; null for a return that names nothing
-- org_id        own entity
-- cp_id         the other party
-- line_no       line
-- item_id       item
-- vat_rate      rate of the line, per cent; null for «без НДС»
-- sum_doc       line with VAT
-- vat_doc       VAT as stored
-- expected_doc  VAT that the rate makes
-- currency      currency of the document
-- problem       amount: stored VAT is another; rate: not a rate of that day; both
select
    v.doc_id, v.type, v.number, v.doc_date, v.turnover_date, d.org_id, v.cp_id, v.line_no, v.item_id, v.vat_rate, v.sum_doc, v.vat_doc, v.expected_doc,
    v.currency, v.problem,
from vat_lines(date '1900-01-01', date '9999-12-31') v
join doc d using (doc_id)
where v.problem is not null

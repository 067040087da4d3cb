-- What was sold in a period, a row a document, returns negative: the lists of documents behind every revenue number. Own entities are left out.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id
-- source:    sales_in
-- units:     _kzt in tenge at the booked rate
-- listed:    no
-- label.ru:  Продажи и возвраты по документам
-- label.kk:  Сатулар мен қайтарулар, құжаттар бойынша
-- label.en:  Sales and returns by document
-- synonyms:  документы выручки, documents of revenue
--
-- doc_id       sale or return
-- type         sale or sale_return
-- number       its number in 1C
-- doc_date     its date
-- counterparty the customer [untrusted]
-- net_kzt      without VAT; null when the currency has no rate
-- gross_kzt    with VAT
-- vat_kzt      VAT in it
select
    doc_id, type, number, doc_date, any_value(counterparty) as counterparty,
    cast(sum(net_kzt) as decimal(18, 2)) as net_kzt,
    cast(sum(gross_kzt) as decimal(18, 2)) as gross_kzt,
    cast(sum(vat_kzt) as decimal(18, 2)) as vat_kzt,
from sales_in(period_from, period_to)
where not is_intercompany
group by doc_id, type, number, doc_date

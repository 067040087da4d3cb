-- Sales on credit in a period, returns negative: what DSO and collection metrics divide by. Own entities are left out.
--
-- Of a sale counts what was still to be paid at the end of its day. A return counts in full on its own day.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id
-- source:    credit_sale
-- units:     tenge with VAT at the booked rate
-- label.ru:  Продажи в кредит
-- label.kk:  Несиеге сату
-- label.en:  Credit sales
-- synonyms:  продажи с отсрочкой, отгрузки без предоплаты, credit sales
--
-- doc_id      sale or return
-- type        sale or sale_return
-- cp_id       customer
-- doc_date    day of the document
-- gross_kzt   the document with VAT
-- prepaid_kzt of it, paid on the day or before
-- credit_kzt  the rest
select s.doc_id, s.type, s.cp_id, s.doc_date, s.gross_kzt, s.prepaid_kzt, s.credit_kzt,
from credit_sale s
where s.doc_date between period_from and period_to and not s.is_intercompany

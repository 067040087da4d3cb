-- What was sold in a period, line by line, returns negative: the accrual behind every revenue number.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id, line_no
-- source:    sale_line
-- units:     _kzt in tenge at the booked rate; the lines of a document sum to it to the tiyn
-- label.ru:  Продажи и возвраты по строкам
-- label.kk:  Сатулар мен қайтарулар, жолдар бойынша
-- label.en:  Sales and returns by line
-- synonyms:  выручка, продажи, реализация, возвраты, отгрузки, түсім, сату, sales, revenue, turnover
--
-- doc_id          sale or return
-- type            sale or sale_return
-- org_id          own entity
-- cp_id           customer
-- counterparty    its name [untrusted]
-- contract_id     agreement
-- number          document number in 1C
-- doc_date        day it counts on: the sale's, the return's own
-- line_no         line of the document; 0 for what its lines do not explain
-- item_id         good or service; null when the line names none
-- qty             quantity, negative in a return
-- gross_kzt       with VAT; null when the currency has no rate
-- vat_kzt         VAT in it
-- net_kzt         without VAT
-- is_intercompany the customer is an own entity; company totals leave it out
select
    s.doc_id, s.type, s.org_id, s.cp_id, s.counterparty, s.contract_id, s.number, s.doc_date,
    s.line_no, s.item_id, s.qty, s.gross_kzt, s.vat_kzt, s.net_kzt, s.is_intercompany,
from sale_line s
where s.doc_date between period_from and period_to

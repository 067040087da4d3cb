-- Money that settled sales in a period: what was paid, when it was due, how late it came. Own entities are left out.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     credit_doc_id, credit_line, debit_doc_id, stage, method
-- source:    paid_item
-- units:     tenge at the rate of the sale; calendar days
-- label.ru:  Когда клиенты платили
-- label.kk:  Клиенттер қашан төледі
-- label.en:  How late customers paid
-- synonyms:  платёжная дисциплина, опоздание оплаты, дни просрочки, төлем тәртібі, payment behaviour, days late
--
-- cp_id          who paid
-- credit_doc_id  payment
-- credit_line    its part
-- debit_doc_id   sale that it settled
-- stage          payment stage of the sale
-- method         explicit or contract_fifo
-- amount_kzt     what it settled
-- due_date       when it was due
-- eff_date       when it counts as paid: the later of both documents' dates
-- days_to_due    eff_date minus due_date; negative when paid early
-- days_late      the same, early payment counting zero
-- settles_sale   nothing of the sale is left open with this day
-- sale_days_late days late of the latest payment of the sale, of any of its stages
select
    p.cp_id, p.credit_doc_id, p.credit_line, p.debit_doc_id, p.stage, p.method, p.amount_kzt, p.due_date, p.eff_date,
    p.days_to_due, p.days_late, p.settles_sale, p.sale_days_late,
from paid_item p
where p.eff_date between period_from and period_to and not p.is_intercompany

-- Every sale with what of it was on credit, returns negative: what credit_sales(period_from, period_to) takes its rows from.
--
-- Of a sale counts what was still to be paid at the end of its day. A return counts in full on its own day.
--
-- kind:      table
-- grain:     doc_id
-- source:    doc, settlement
-- units:     tenge with VAT at the booked rate
-- listed:    no
-- label.ru:  Продажи в кредит за всё время
-- label.kk:  Барлық уақыттағы несиеге сату
-- label.en:  Credit sales of all time
-- synonyms:  отгрузка с отсрочкой, credit sale
--
-- doc_id      sale or return
-- type        sale or sale_return
-- org_id      own entity
-- cp_id       customer
-- doc_date    day of the document
-- gross_kzt   the document with VAT
-- prepaid_kzt of it, paid on the day or before
-- credit_kzt  the rest
-- is_intercompany the customer is an own entity; credit_sales leaves it out
with
documents as (
    select
        d.doc_id, d.type, d.org_id, d.cp_id, d.doc_date, d.sum_doc, d.rate, d.rate_mult,
        coalesce(cp.is_intercompany, false) as is_intercompany,
    from doc d
    left join cp using (cp_id)
    where d.type in ('sale', 'sale_return')
),

prepaid as (
    select s.debit_doc_id as doc_id, sum(s.amount_doc) as prepaid_doc
    from settlement s
    join documents d on d.doc_id = s.debit_doc_id and s.eff_date <= d.doc_date
    where s.side = 'ar' and s.method in ('explicit', 'contract_fifo')
    group by s.debit_doc_id
),

split as (
    select
        d.*,
        case d.type when 'sale' then 1 else -1 end as sign,
        coalesce(p.prepaid_doc, 0) as prepaid_doc,
    from documents d
    left join prepaid p on p.doc_id = d.doc_id
)
select
    doc_id, type, org_id, cp_id, doc_date,
    cast(sign * in_kzt(sum_doc, rate, rate_mult) as decimal(18, 2)) as gross_kzt,
    cast(sign * (in_kzt(sum_doc, rate, rate_mult) - in_kzt(sum_doc - prepaid_doc, rate, rate_mult)) as decimal(18, 2)) as prepaid_kzt,
    cast(sign * in_kzt(sum_doc - prepaid_doc, rate, rate_mult) as decimal(18, 2)) as credit_kzt,
    is_intercompany,
from split

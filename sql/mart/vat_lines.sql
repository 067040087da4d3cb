-- VAT of each line of sales, purchases and returns in a period, beside what its rate makes of its amount.
--
-- The rate belongs to the day of the turnover: a return's is that of the sale or purchase that it returns, a purchase's that of the
-- supplier's paper. 12 to 2025-12-31; 16 from 2026-01-01, with 5 and 10 for some turnover; 0 and «без НДС» on any day.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id, line_no
-- source:    doc, doc_line
-- units:     currency of the document
-- label.ru:  НДС по строкам
-- label.kk:  Жолдар бойынша ҚҚС
-- label.en:  VAT by line
-- synonyms:  проверка НДС, ставка НДС, ошибки НДС, НДС к уплате, начисленный НДС, НДС к зачёту, ҚҚС тексеру, төленетін ҚҚС, VAT check, VAT payable
--
-- doc_id        document
-- type          sale, sale_return, purchase or purchase_return
-- number        its number in 1C
-- doc_date      its date
-- turnover_date day that decides the rate; null for a return that names nothing
-- cp_id         the other party
-- line_no       line
-- item_id       item
-- vat_rate      rate of the line, per cent; null for «без НДС»
-- sum_doc       line with VAT
-- vat_doc       VAT as stored
-- expected_doc  VAT that the rate makes
-- currency      currency of the document
-- problem       amount: stored VAT is another; rate: not a rate of that day; both; empty when right
with
lines as (
    select
        d.doc_id, d.type, d.number, d.doc_date, d.cp_id, d.currency, l.line_no, l.item_id, l.vat_rate, l.sum_doc, l.vat_doc,
        case
            when d.type in ('sale_return', 'purchase_return') then coalesce(case b.type when 'purchase' then b.in_date end, b.doc_date)
            when d.type = 'purchase' then coalesce(d.in_date, d.doc_date)
            else d.doc_date
        end as turnover_date,
    from doc d
    join doc_line l using (doc_id)
    left join doc b on b.doc_id = d.base_doc_id and b.type in ('sale', 'purchase')
    where d.type in ('sale', 'sale_return', 'purchase', 'purchase_return') and d.doc_date between period_from and period_to
),

judged as (
    select
        *,
        case when vat_rate is null then cast(0 as decimal(18, 2)) else vat_inside(sum_doc, vat_rate) end as expected_doc,
        case
            when coalesce(vat_rate, 0) = 0 then false
            when turnover_date is null then vat_rate not in (5, 10, 12, 16)
            when turnover_date <= date '2025-12-31' then vat_rate <> 12
            else vat_rate not in (5, 10, 16)
        end as is_wrong_rate,
    from lines
)
select
    doc_id, type, number, doc_date, turnover_date, cp_id, line_no, item_id, vat_rate, sum_doc, vat_doc, expected_doc, currency,
    case
        when vat_doc <> expected_doc and is_wrong_rate then 'both'
        when vat_doc <> expected_doc then 'amount'
        when is_wrong_rate then 'rate'
    end as problem,
from judged

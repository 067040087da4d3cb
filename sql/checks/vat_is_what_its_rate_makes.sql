-- The VAT of a line is not what its rate makes of its amount, or the rate is none of the turnover day.
--
-- kind:     reconciliation
-- label.ru: НДС не соответствует ставке
-- label.kk: ҚҚС мөлшерлемеге сәйкес келмейді
-- label.en: VAT does not follow its rate
-- touches:  vat_check, vat_problems, revenue, revenue_by_month, revenue_by_counterparty, revenue_by_item, returns
select
    concat_ws(' ', v.type, v.number, v.doc_date) as subject,
    case v.problem
        when 'rate' then 'line ' || v.line_no || ' has the rate ' || v.vat_rate || coalesce(' on ' || v.turnover_date, '')
        else 'line ' || v.line_no || ' holds VAT ' || v.vat_doc || ', its rate makes ' || v.expected_doc
    end as detail,
    cast(coalesce(in_kzt(v.vat_doc - v.expected_doc, d.rate, d.rate_mult), 0) as decimal(18, 2)) as amount,
    v.cp_id,
    least(v.doc_date, v.turnover_date) as first_day,
    greatest(v.doc_date, v.turnover_date) as last_day,
from vat_fault v
join doc d using (doc_id)

-- A sale or purchase and its electronic invoice do not tie, or one of them is missing, late or withdrawn.
--
-- kind:     reconciliation
-- label.ru: ЭСФ не сходятся с 1С
-- label.kk: ЭШФ 1С-пен сәйкес келмейді
-- label.en: Electronic invoices differ from 1C
-- touches:  esf_reconciliation, esf_problems, vat_check
select
    concat_ws(' ', r.direction, coalesce(d.type, 'esf'), coalesce(d.number, e.reg_no, e.number), r.turnover_date) as subject,
    case r.outcome
        when 'sum_diff' then 'the invoice says ' || r.esf_doc || ', 1C ' || r.book_doc || ' ' || r.currency
        when 'vat_diff' then 'the VAT differs by ' || r.vat_diff_doc || ' ' || r.currency
        when 'late' then 'issued ' || r.days_late || ' days after the term'
        when 'missing_esf' then 'no invoice, due by ' || r.last_day
        when 'missing_1c' then 'no document in 1C'
        else 'the invoice is ' || r.status || ', the document is posted'
    end as detail,
    cast(abs(r.esf_kzt - r.book_kzt) as decimal(18, 2)) as amount,
    r.cp_id,
    r.turnover_date as first_day,
    r.turnover_date as last_day,
from esf_rec r
left join doc d on d.doc_id = r.doc_id
left join esf e on e.esf_id = r.esf_id
where r.outcome not in ('ok', 'pending')

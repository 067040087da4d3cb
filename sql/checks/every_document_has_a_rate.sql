-- A document in a foreign currency has no rate, so it is missing from every total in tenge.
--
-- kind:     reconciliation
-- label.ru: Документ в валюте без курса: его нет в итогах в тенге
-- label.kk: Валютадағы құжаттың бағамы жоқ: ол теңгедегі қорытындыға кірмейді
-- label.en: A document in foreign currency has no rate and is missing from totals in tenge
-- touches:  ar_total, ar_overdue, ageing, top_debtors, client_receivables, ap_total, advances_total, paid_to_supplier, received_from
select
    concat_ws(' ', d.type, d.number, d.doc_date) as subject,
    d.sum_doc || ' ' || d.currency as detail,
    cast(null as decimal(18, 2)) as amount,
    d.cp_id,
    d.doc_date as first_day,
    d.doc_date as last_day,
from doc d
where d.sum_kzt is null

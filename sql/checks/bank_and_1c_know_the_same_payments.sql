-- A statement line has no payment in 1C, or a payment in 1C has no line in the bank.
--
-- kind:     reconciliation
-- label.ru: Банк и 1С расходятся по платежам
-- label.kk: Банк пен 1С төлемдері сәйкес келмейді
-- label.en: Bank and 1C differ on payments
-- touches:  cash_position, bank_reconciliation, cash_flow, cash_flow_by_counterparty, received_from, paid_to_supplier, ar_total, ar_overdue, client_receivables, invoice_status
select
    case status when 'unmatched_bank' then 'in the bank, not in 1C' else 'in 1C, not in the bank' end as subject,
    concat_ws(' ', a.iban, r.direction, coalesce(r.value_date, r.doc_date), coalesce(d.number, '№ ' || l.doc_number), coalesce(cp.name, l.cp_name)) as detail,
    cast(r.amount as decimal(18, 2)) as amount,
    r.cp_id,
    least(r.value_date, r.doc_date) as first_day,
    greatest(r.value_date, r.doc_date) as last_day,
from bank_rec r
join bank_account a using (bank_account_id)
left join doc d using (doc_id)
left join bank_line l on l.bank_line_id = r.bank_line_id
left join cp on cp.cp_id = r.cp_id
where r.status <> 'matched'

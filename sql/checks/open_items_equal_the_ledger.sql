-- Open items of a counterparty differ from accounts 1210, 3510, 3310 and 1710.
--
-- kind:     reconciliation
-- label.ru: Расчёты не сходятся со счетами 1210/3510/3310/1710
-- label.kk: Есеп айырысу 1210/3510/3310/1710 шоттарымен сәйкес келмейді
-- label.en: Open items differ from accounts 1210/3510/3310/1710
-- touches:  ar_total, ar_overdue, ageing, top_debtors, client_receivables, ap_total, advances_total
select
    concat_ws(' ', c.side, c.counterparty, k.number, c.currency) as subject,
    'items ' || c.items || ', ledger ' || c.ledger
        || if(c.currency = 'KZT', '', '; in tenge ' || c.items_kzt || ', ' || c.ledger_kzt) as detail,
    -- nothing in the currency: an exchange difference in tenge
    if(c.difference <> 0, c.difference, c.difference_kzt) as amount,
    c.cp_id,
from control_gl($as_of) c
left join contract k using (contract_id)
where c.difference <> 0 or c.difference_kzt <> 0

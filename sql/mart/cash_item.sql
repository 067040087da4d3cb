-- Every movement of money in a period by cash flow item (статья ДДС) of 1C: a payment of several items is a row for each, and the rows add up to it.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id, ddc_item_id
-- source:    cash_move, cash_share, ddc_item
-- units:     _doc in the currency of the document, _kzt in tenge at its rate
-- label.ru:  Движение денег по статьям ДДС
-- label.kk:  ДДС баптары бойынша ақша қозғалысы
-- label.en:  Cash movements by item
-- synonyms:  статья ДДС, ДДС по статьям, статья движения денег, ДДС баптары, cash flow item, cash flow statement lines
--
-- doc_id          payment document
-- ddc_item_id     cash flow item; joins ddc_item. Empty where 1C names none, and for own_transfer and intercompany
-- category        name of the item; where there is none, the category of cash_move [untrusted]
-- named_by        item (1C's) or operation (no item: the category of cash_move)
-- type            pay_in, pay_out, refund_in, refund_out, transfer_in, transfer_out, fee, other_in or other_out
-- is_flow         it changes the money of the company: neither intercompany nor own_transfer
-- org_id          own entity
-- cp_id           the other party
-- counterparty    its name [untrusted]
-- number          document number in 1C
-- move_date       day of the movement
-- bank_account_id own account, empty for cash
-- cash_desk_id    own cash desk, empty for the bank
-- knp             payment purpose code
-- currency        currency
-- in_doc          money in for the item
-- out_doc         money out for the item
-- in_kzt          money in, in tenge; null when the currency has no rate
-- out_kzt         money out, in tenge
select
    s.doc_id, h.ddc_item_id, coalesce(i.name, s.category) as category, if(i.name is null, 'operation', 'item') as named_by,
    s.type, s.is_flow, s.org_id, s.cp_id, s.counterparty, s.number, s.move_date, s.bank_account_id, s.cash_desk_id, s.knp, s.currency,
    -- the side that no money went through stays zero
    cast(case when s.in_doc = 0 then 0 else h.amount_doc end as decimal(18, 2)) as in_doc,
    cast(case when s.out_doc = 0 then 0 else h.amount_doc end as decimal(18, 2)) as out_doc,
    cast(case when s.in_kzt = 0 then 0 else h.amount_kzt end as decimal(18, 2)) as in_kzt,
    cast(case when s.out_kzt = 0 then 0 else h.amount_kzt end as decimal(18, 2)) as out_kzt,
from cash_move(period_from, period_to) s
join cash_share h on h.doc_id = s.doc_id
left join ddc_item i on i.ddc_item_id = h.ddc_item_id

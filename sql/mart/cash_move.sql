-- Every movement of money in a period, through bank and cash desk, with what kind of operation it was. By cash flow item of 1C: cash_item.
--
-- kind:      macro(period_from date, period_to date)
-- grain:     doc_id
-- source:    doc, gl
-- units:     _doc in the currency of the document, _kzt in tenge at its rate; both positive
-- label.ru:  Движение денег
-- label.kk:  Ақша қозғалысы
-- label.en:  Cash movements
-- synonyms:  движение денег, ДДС, приход и расход, ақша қозғалысы, cash movements, cash flow
--
-- doc_id          payment document
-- type            pay_in, pay_out, refund_in, refund_out, transfer_in, transfer_out, fee, other_in or other_out
-- category        by the kind of operation: customers, suppliers, bank_fees, other, intercompany (between own entities) or own_transfer (between own accounts,
--     exchange of currency included)
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
-- in_doc          money in
-- out_doc         money out
-- in_kzt          money in, in tenge; null when the currency has no rate
-- out_kzt         money out, in tenge
with
moved as (
    select
        d.*,
        cp.name as counterparty,
        coalesce(cp.is_intercompany, false) as is_intercompany,
        d.type in ('pay_in', 'refund_in', 'transfer_in', 'other_in') as is_in,
    from doc d
    left join cp using (cp_id)
    where d.type in ('pay_in', 'pay_out', 'refund_in', 'refund_out', 'transfer_in', 'transfer_out', 'fee', 'other_in', 'other_out')
        and d.doc_date between period_from and period_to
),

-- the ledger knows best: from money to money is no flow; straight from desk to account one document is both legs
to_money as (
    select g.doc_id, bool_and(g.account not like '102%' and g.corr_account not like '102%') as is_both_legs
    from gl g
    where g.doc_id in (select doc_id from moved) and g.account like '10%' and g.corr_account like '10%'
    group by g.doc_id
),

named as (
    select
        m.*,
        coalesce(t.is_both_legs, false) as is_both_legs,
        case
            when m.type in ('transfer_in', 'transfer_out') or t.doc_id is not null then 'own_transfer'
            when m.is_intercompany then 'intercompany'
            when m.type in ('pay_in', 'refund_out') then 'customers'
            when m.type in ('pay_out', 'refund_in') then 'suppliers'
            when m.type = 'fee' then 'bank_fees'
            else 'other'
        end as category,
    from moved m
    left join to_money t on t.doc_id = m.doc_id
)
select
    doc_id, type, category, category not in ('own_transfer', 'intercompany') as is_flow, org_id, cp_id, counterparty, number,
    doc_date as move_date, bank_account_id, cash_desk_id, knp, currency,
    cast(case when is_in or is_both_legs then sum_doc else 0 end as decimal(18, 2)) as in_doc,
    cast(case when is_in and not is_both_legs then 0 else sum_doc end as decimal(18, 2)) as out_doc,
    cast(case when is_in or is_both_legs then sum_kzt else 0 end as decimal(18, 2)) as in_kzt,
    cast(case when is_in and not is_both_legs then 0 else sum_kzt end as decimal(18, 2)) as out_kzt,
from named

-- What the figures of client_summary are made of: unpaid and unused documents, payments, sales, deals and lone statement lines.
--
-- grain:  part, doc_id, stage
-- parts:  open_kzt, overdue_kzt, documents, advances_kzt, payable_kzt, settled_kzt, sold_kzt, open_deals, open_deals_kzt, stopped_deals, stopped_deals_kzt, unmatched_in, unmatched_in_doc
-- units:  tenge; unmatched_in_doc in the currency of the account; documents, open_deals, stopped_deals and unmatched_in count 1 each
--
-- part         column of client_summary that these amounts add up to
-- doc_id       document, deal or line of a statement
-- type         type of the document, deal or bank_line
-- number       its number in 1C, in the CRM or on the payment paper
-- doc_date     its date; of an open deal its start, of another its close
-- counterparty the other party [untrusted]
-- amount       what is not yet paid or used, what a payment settled, what was sold, or what a deal is worth
with
owed as (
    select doc_id, doc_type as type, number, doc_date, counterparty, open_kzt as amount, days_late from ar_open($as_of) where cp_id = $counterparty
),

opened as (
    select p.deal_id as doc_id, p.begin_date as doc_date, cp.name as counterparty, p.amount_kzt as amount
    from pipeline($as_of) p
    left join cp on cp.cp_id = p.cp_id
    where p.cp_id = $counterparty
),

stopped as (
    select deal_id as doc_id, close_date as doc_date, counterparty, amount_kzt as amount
    from deal_chain($as_of)
    where cp_id = $counterparty and gap in ('won_no_invoice', 'invoiced_not_shipped', 'shipped_not_paid') and close_date <= $as_of
),

alone as (
    select r.bank_line_id as doc_id, l.doc_number as number, r.value_date as doc_date, l.cp_name as counterparty, r.amount
    from bank_rec r
    join bank_line l on l.bank_line_id = r.bank_line_id
    where r.cp_id = $counterparty and r.status = 'unmatched_bank' and r.direction = 'in' and r.value_date <= $as_of
)
select 'open_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from owed
union all
select 'overdue_kzt', doc_id, type, number, doc_date, counterparty, amount from owed where days_late > 0
union all
select distinct 'documents', doc_id, type, number, doc_date, counterparty, 1 from owed
union all
select 'advances_kzt', doc_id, doc_type, number, doc_date, counterparty, unused_kzt from advances($as_of) where side = 'ar' and cp_id = $counterparty
union all
select 'payable_kzt', doc_id, doc_type, number, doc_date, counterparty, open_kzt from ap_open($as_of) where cp_id = $counterparty
union all
select 'settled_kzt', d.doc_id, d.type, d.number, d.doc_date, cp.name, p.amount_kzt
from paid_items(cast(cast($as_of as date) - interval 12 months as date) + 1, cast($as_of as date)) p
join doc d on d.doc_id = p.credit_doc_id
left join cp on cp.cp_id = p.cp_id
where p.cp_id = $counterparty
union all
select 'sold_kzt', doc_id, type, number, doc_date, any_value(counterparty), cast(sum(gross_kzt) as decimal(18, 2))
from sales_in(cast(cast($as_of as date) - interval 12 months as date) + 1, cast($as_of as date))
where cp_id = $counterparty
group by doc_id, type, number, doc_date
union all
select 'open_deals', doc_id, 'deal', doc_id, doc_date, counterparty, 1 from opened
union all
select 'open_deals_kzt', doc_id, 'deal', doc_id, doc_date, counterparty, amount from opened
union all
select 'stopped_deals', doc_id, 'deal', doc_id, doc_date, counterparty, 1 from stopped
union all
select 'stopped_deals_kzt', doc_id, 'deal', doc_id, doc_date, counterparty, amount from stopped
union all
select 'unmatched_in', doc_id, 'bank_line', number, doc_date, counterparty, 1 from alone
union all
select 'unmatched_in_doc', doc_id, 'bank_line', number, doc_date, counterparty, amount from alone

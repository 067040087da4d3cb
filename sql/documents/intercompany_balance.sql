-- The documents between own entities behind intercompany_balance, by the books of both sides.
--
-- grain:  part, doc_id, stage
-- parts:  difference_doc, receivable_doc, received_doc, payable_doc, paid_doc
-- units:  currency of the row
--
-- part         column of intercompany_balance that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid, or not yet used; in difference_doc what it adds to the net of the first less that of the second
with
pairs as (
    select cp.cp_id from cp join org o on o.bin = cp.bin_iin where cp.is_intercompany
),

parts as (
    select 'receivable_doc' as part, doc_id, doc_type as type, number, doc_date, counterparty, open_doc as amount, 1 as sign
    from ar_open($as_of)
    join pairs using (cp_id)
    union all
    select
        case side when 'ar' then 'received_doc' else 'paid_doc' end, doc_id, doc_type, number, doc_date, counterparty, unused_doc,
        case side when 'ar' then -1 else 1 end,
    from advances($as_of)
    join pairs using (cp_id)
    union all
    select 'payable_doc', doc_id, doc_type, number, doc_date, counterparty, open_doc, -1
    from ap_open($as_of)
    join pairs using (cp_id)
)
select part, doc_id, type, number, doc_date, counterparty, amount from parts
union all
select 'difference_doc', doc_id, type, number, doc_date, counterparty, cast(sign * amount as decimal(18, 2)) from parts

-- The movements of money behind cash_flow.
--
-- grain:  part, doc_id; a payment of several items has a row for each
-- parts:  net_kzt, in_kzt, out_kzt, documents
-- units:  tenge at the rate of the document; documents count 1 each
--
-- part         column of cash_flow that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       money in or out; in net_kzt negative when out; empty when the currency has no rate
with
moved as (
    select doc_id, type, number, move_date as doc_date, counterparty, in_kzt, out_kzt, category, named_by from cash_item($period_from, $period_to)
)
select 'in_kzt' as part, doc_id, type, number, doc_date, counterparty, in_kzt as amount from moved where in_kzt is distinct from 0
union all
select 'out_kzt', doc_id, type, number, doc_date, counterparty, out_kzt from moved where out_kzt is distinct from 0
union all
select 'net_kzt', doc_id, type, number, doc_date, counterparty, cast(in_kzt - out_kzt as decimal(18, 2)) from moved
union all
select 'documents', doc_id, type, number, doc_date, counterparty, 1
from (select distinct doc_id, type, number, doc_date, counterparty, category, named_by from moved)

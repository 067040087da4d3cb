-- Debt adjustments of 1C. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_debt_adjust
-- units:  money DECIMAL(18,2) in the document's currency
--
-- src_base         which base
-- src_ref          key in the source
-- first_synced_at  when the mirror first saw it, UTC
-- is_vanished      the source does not have it any more
-- number           number as in 1C [untrusted]
-- doc_time         moment of the document, local
-- posted           posted
-- is_deleted       marked for deletion
-- org_ref          own entity
-- comment          words of the accountant [untrusted]
-- operation        ПроведениеВзаимозачета, СписаниеЗадолженности, ПереносЗадолженности, …
-- debtor_ref       counterparty that owes
-- creditor_ref     counterparty that is owed
-- currency_ref     currency of the document
-- rate             KZT for `mult` units
-- mult             units that the rate is for
-- sum_doc          total
select
    src_base,
    src_ref,
    first_synced_at,
    deleted_at is not null as is_vanished,
    nullif(trim(Number), '') as number,
    cast(Date as timestamp) as doc_time,
    coalesce(Posted, false) as posted,
    coalesce(DeletionMark, false) as is_deleted,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(trim(Комментарий), '') as comment,
    nullif(trim(ВидОперации), '') as operation,
    nullif(nullif(lower(КонтрагентДебитор_Key), '00000000-0000-0000-0000-000000000000'), '') as debtor_ref,
    nullif(nullif(lower(КонтрагентКредитор_Key), '00000000-0000-0000-0000-000000000000'), '') as creditor_ref,
    nullif(nullif(lower(ВалютаДокумента_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    cast(nullif(КурсДокумента, 0) as decimal(18, 4)) as rate,
    nullif(КратностьДокумента, 0) as mult,
    cast(СуммаДокумента as decimal(18, 2)) as sum_doc,
from raw.onec_debt_adjust

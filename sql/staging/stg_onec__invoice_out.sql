-- Customer invoices (requests to pay) of 1C. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_invoice_out
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
-- cp_ref           counterparty card
-- contract_ref     contract
-- currency_ref     currency of the document
-- rate             KZT for `mult` units
-- mult             units that the rate is for
-- sum_doc          total with VAT
-- has_vat          VAT is counted
-- vat_included     line sums hold VAT
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
    nullif(nullif(lower(Контрагент_Key), '00000000-0000-0000-0000-000000000000'), '') as cp_ref,
    nullif(nullif(lower(ДоговорКонтрагента_Key), '00000000-0000-0000-0000-000000000000'), '') as contract_ref,
    nullif(nullif(lower(ВалютаДокумента_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    cast(nullif(КурсВзаиморасчетов, 0) as decimal(18, 4)) as rate,
    nullif(КратностьВзаиморасчетов, 0) as mult,
    cast(СуммаДокумента as decimal(18, 2)) as sum_doc,
    coalesce(УчитыватьНДС, false) as has_vat,
    coalesce(СуммаВключаетНДС, false) as vat_included,
from raw.onec_invoice_out

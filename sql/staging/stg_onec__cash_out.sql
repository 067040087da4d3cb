-- Cash payments of 1C. Vanished ones stay, marked.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_cash_out
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
-- cp_ref           counterparty card, person or own entity
-- cp_type          set of the counterparty
-- cash_desk_ref    cash desk
-- operation        kind of operation
-- currency_ref     currency of the payment
-- ddc_ref          cash flow item
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
    nullif(nullif(lower(Контрагент), '00000000-0000-0000-0000-000000000000'), '') as cp_ref,
    nullif(replace(Контрагент_Type, 'StandardODATA.', ''), '') as cp_type,
    nullif(nullif(lower(Касса_Key), '00000000-0000-0000-0000-000000000000'), '') as cash_desk_ref,
    nullif(trim(ВидОперации), '') as operation,
    nullif(nullif(lower(ВалютаДокумента_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    nullif(nullif(lower(СтатьяДвиженияДенежныхСредств_Key), '00000000-0000-0000-0000-000000000000'), '') as ddc_ref,
    cast(СуммаДокумента as decimal(18, 2)) as sum_doc,
from raw.onec_cash_out

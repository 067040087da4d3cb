-- Tax invoices issued of 1C. Vanished ones stay, marked. None when the base does not publish them.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_tax_invoice
--
-- src_base       which base
-- src_ref        key in the source
-- is_vanished    the source does not have it any more
-- number         number as in 1C [untrusted]
-- doc_time       moment of the document, local
-- posted         posted
-- is_deleted     marked for deletion
-- base_ref       document it is issued for
-- turnover_date  day of the turnover
select
    src_base,
    src_ref,
    deleted_at is not null as is_vanished,
    nullif(trim(Number), '') as number,
    cast(Date as timestamp) as doc_time,
    coalesce(Posted, false) as posted,
    coalesce(DeletionMark, false) as is_deleted,
    nullif(nullif(lower(ДокументОснование), '00000000-0000-0000-0000-000000000000'), '') as base_ref,
    case when ДатаСовершенияОборотаПоРеализации > timestamp '0001-01-02' then cast(ДатаСовершенияОборотаПоРеализации as date) end as turnover_date,
from raw.onec_tax_invoice

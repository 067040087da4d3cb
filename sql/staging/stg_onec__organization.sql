-- Own legal entities as in 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_organization
--
-- src_base    which base
-- src_ref     key in the source
-- name        short name [untrusted]
-- full_name   name in the papers [untrusted]
-- bin         BIN as typed [untrusted]
-- prefix      prefix of document numbers
-- vat_from    VAT payer since
-- is_deleted  marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
    nullif(trim(НаименованиеПолное), '') as full_name,
    nullif(trim(ИдентификационныйНомер), '') as bin,
    nullif(trim(Префикс), '') as prefix,
    cast(nullif(ДатаПостановкиНаУчетПоНДС, timestamp '0001-01-01') as date) as vat_from,
    coalesce(DeletionMark, false) as is_deleted,
from raw.onec_organization
where deleted_at is null

-- Counterparty cards of 1C, folders left out.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_counterparty
--
-- src_base    which base
-- src_ref     key in the source
-- code        code of the card
-- name        short name [untrusted]
-- full_name   name in the papers [untrusted]
-- bin_raw     BIN or IIN as typed [untrusted]
-- kbe         residence and sector code
-- legal_form  ЮрЛицо or ФизЛицо
-- is_state    state institution
-- head_ref    card of the head company
-- is_deleted  marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Code), '') as code,
    nullif(trim(Description), '') as name,
    nullif(trim(НаименованиеПолное), '') as full_name,
    nullif(trim(ИдентификационныйКодЛичности), '') as bin_raw,
    nullif(trim(КБЕ), '') as kbe,
    nullif(trim(ЮрФизЛицо), '') as legal_form,
    coalesce(ГосударственноеУчреждение, false) as is_state,
    nullif(nullif(lower(ГоловнойКонтрагент_Key), '00000000-0000-0000-0000-000000000000'), '') as head_ref,
    coalesce(DeletionMark, false) as is_deleted,
from raw.onec_counterparty
where deleted_at is null and not coalesce(IsFolder, false)

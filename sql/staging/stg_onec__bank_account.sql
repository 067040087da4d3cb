-- Bank accounts of own entities and of counterparties in 1C.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_bank_account
--
-- src_base      which base
-- src_ref       key in the source
-- name          name of the account [untrusted]
-- owner_ref     whose account
-- owner_type    Catalog_Организации or Catalog_Контрагенты
-- iban          account number, no spaces
-- bank_ref      bank
-- currency_ref  currency
-- closed_on     day of closing
-- is_deleted    marked for deletion
select
    src_base,
    src_ref,
    nullif(trim(Description), '') as name,
    nullif(nullif(lower(Owner), '00000000-0000-0000-0000-000000000000'), '') as owner_ref,
    nullif(replace(Owner_Type, 'StandardODATA.', ''), '') as owner_type,
    nullif(upper(regexp_replace(НомерСчета, '\s', '', 'g')), '') as iban,
    nullif(nullif(lower(Банк_Key), '00000000-0000-0000-0000-000000000000'), '') as bank_ref,
    nullif(nullif(lower(ВалютаДенежныхСредств_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    cast(nullif(ДатаЗакрытия, timestamp '0001-01-01') as date) as closed_on,
    coalesce(DeletionMark, false) as is_deleted,
from raw.onec_bank_account
where deleted_at is null

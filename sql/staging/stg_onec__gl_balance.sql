-- Balances of the accounting register of 1C at the end of `as_of`.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.onec_gl_balance
-- units:  money DECIMAL(18,2)
--
-- src_base      which base
-- src_ref       key in the source
-- as_of         end of this day
-- account_ref   account
-- org_ref       own entity
-- currency_ref  currency
-- dim1_ref      dimension
-- dim1_type     its set
-- dim2_ref      dimension
-- dim2_type     its set
-- dim3_ref      dimension
-- dim3_type     its set
-- debit_kzt     debit balance in tenge
-- credit_kzt    credit balance in tenge
-- debit_doc     debit balance in the currency
-- credit_doc    credit balance in the currency
select
    src_base,
    src_ref,
    as_of,
    nullif(nullif(lower(Account_Key), '00000000-0000-0000-0000-000000000000'), '') as account_ref,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(nullif(lower(Валюта_Key), '00000000-0000-0000-0000-000000000000'), '') as currency_ref,
    nullif(nullif(lower(ExtDimension1), '00000000-0000-0000-0000-000000000000'), '') as dim1_ref,
    nullif(replace(ExtDimension1_Type, 'StandardODATA.', ''), '') as dim1_type,
    nullif(nullif(lower(ExtDimension2), '00000000-0000-0000-0000-000000000000'), '') as dim2_ref,
    nullif(replace(ExtDimension2_Type, 'StandardODATA.', ''), '') as dim2_type,
    nullif(nullif(lower(ExtDimension3), '00000000-0000-0000-0000-000000000000'), '') as dim3_ref,
    nullif(replace(ExtDimension3_Type, 'StandardODATA.', ''), '') as dim3_type,
    cast(СуммаBalanceDr as decimal(18, 2)) as debit_kzt,
    cast(СуммаBalanceCr as decimal(18, 2)) as credit_kzt,
    cast(ВалютнаяСуммаBalanceDr as decimal(18, 2)) as debit_doc,
    cast(ВалютнаяСуммаBalanceCr as decimal(18, 2)) as credit_doc,
from raw.onec_gl_balance
where deleted_at is null

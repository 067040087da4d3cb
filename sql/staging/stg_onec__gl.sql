-- Entries of the accounting register of 1C that are active.
--
-- kind:   view
-- grain:  src_base, recorder_ref, line_no
-- source: raw.onec_gl
-- units:  money DECIMAL(18,2)
--
-- src_base         which base
-- recorder_ref     document that made the entry
-- recorder_type    its set
-- line_no          row of the register
-- entry_time       moment, local
-- org_ref          own entity
-- dr_account_ref   debit account
-- cr_account_ref   credit account
-- dr_currency_ref  currency of the debit side
-- cr_currency_ref  currency of the credit side
-- amount_kzt       sum in tenge
-- dr_amount_doc    sum in the debit currency
-- cr_amount_doc    sum in the credit currency
-- content          words of the entry [untrusted]
-- dr1_ref          dimension
-- dr1_type         its set
-- dr2_ref          dimension
-- dr2_type         its set
-- dr3_ref          dimension
-- dr3_type         its set
-- cr1_ref          dimension
-- cr1_type         its set
-- cr2_ref          dimension
-- cr2_type         its set
-- cr3_ref          dimension
-- cr3_type         its set
select
    src_base,
    nullif(nullif(lower(Recorder), '00000000-0000-0000-0000-000000000000'), '') as recorder_ref,
    nullif(replace(Recorder_Type, 'StandardODATA.', ''), '') as recorder_type,
    cast(LineNumber as integer) as line_no,
    cast(Period as timestamp) as entry_time,
    nullif(nullif(lower(Организация_Key), '00000000-0000-0000-0000-000000000000'), '') as org_ref,
    nullif(nullif(lower(AccountDr_Key), '00000000-0000-0000-0000-000000000000'), '') as dr_account_ref,
    nullif(nullif(lower(AccountCr_Key), '00000000-0000-0000-0000-000000000000'), '') as cr_account_ref,
    nullif(nullif(lower(ВалютаDr_Key), '00000000-0000-0000-0000-000000000000'), '') as dr_currency_ref,
    nullif(nullif(lower(ВалютаCr_Key), '00000000-0000-0000-0000-000000000000'), '') as cr_currency_ref,
    cast(Сумма as decimal(18, 2)) as amount_kzt,
    cast(ВалютнаяСуммаDr as decimal(18, 2)) as dr_amount_doc,
    cast(ВалютнаяСуммаCr as decimal(18, 2)) as cr_amount_doc,
    nullif(trim(Содержание), '') as content,
    nullif(nullif(lower(ExtDimensionDr1), '00000000-0000-0000-0000-000000000000'), '') as dr1_ref,
    nullif(replace(ExtDimensionDr1_Type, 'StandardODATA.', ''), '') as dr1_type,
    nullif(nullif(lower(ExtDimensionDr2), '00000000-0000-0000-0000-000000000000'), '') as dr2_ref,
    nullif(replace(ExtDimensionDr2_Type, 'StandardODATA.', ''), '') as dr2_type,
    nullif(nullif(lower(ExtDimensionDr3), '00000000-0000-0000-0000-000000000000'), '') as dr3_ref,
    nullif(replace(ExtDimensionDr3_Type, 'StandardODATA.', ''), '') as dr3_type,
    nullif(nullif(lower(ExtDimensionCr1), '00000000-0000-0000-0000-000000000000'), '') as cr1_ref,
    nullif(replace(ExtDimensionCr1_Type, 'StandardODATA.', ''), '') as cr1_type,
    nullif(nullif(lower(ExtDimensionCr2), '00000000-0000-0000-0000-000000000000'), '') as cr2_ref,
    nullif(replace(ExtDimensionCr2_Type, 'StandardODATA.', ''), '') as cr2_type,
    nullif(nullif(lower(ExtDimensionCr3), '00000000-0000-0000-0000-000000000000'), '') as cr3_ref,
    nullif(replace(ExtDimensionCr3_Type, 'StandardODATA.', ''), '') as cr3_type,
from raw.onec_gl
where deleted_at is null and coalesce(Active, true)

-- Keys that get a short bank account id: accounts of 1C, and accounts seen only in statements.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: stg_onec__bank_account, stg_bank__stmt
--
-- src_base  which base; a CRM's is 'bitrix:<base>', a bank file's 'bank:<inbox>', so that they never meet a 1C base
-- src_ref   key in the source
with
known as (
    select src_base, src_ref, iban
    from staging.stg_onec__bank_account
),
only_in_files as (
    select distinct 'bank:' || src_base as src_base, iban as src_ref
    from staging.stg_bank__stmt
    where iban is not null and iban not in (select iban from known where iban is not null)
)
select src_base, src_ref from known
union all
select src_base, src_ref from only_in_files

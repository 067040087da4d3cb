-- Smart invoices of the CRM.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.bitrix_invoice
-- units:  money DECIMAL(18,2) in `currency`
--
-- src_base    which base
-- src_ref     key in the source
-- id          id in the CRM
-- number      number [untrusted]
-- deal_id     deal
-- company_id  company
-- stage_id    stage
-- amount      amount
-- tax         VAT in it
-- currency    ISO letter code
-- issued_on   issued
-- due_on      to be paid by
select
    src_base,
    src_ref,
    id,
    nullif(trim(accountNumber), '') as number,
    nullif(parentId2, 0) as deal_id,
    nullif(companyId, 0) as company_id,
    nullif(trim(stageId), '') as stage_id,
    cast(opportunity as decimal(18, 2)) as amount,
    cast(taxValue as decimal(18, 2)) as tax,
    upper(nullif(trim(currencyId), '')) as currency,
    begindate as issued_on,
    closedate as due_on,
from raw.bitrix_invoice
where deleted_at is null

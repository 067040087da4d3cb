-- Electronic invoices in every state in which an export has shown them.
--
-- kind:   view
-- grain:  src_base, src_ref
-- source: raw.esf_invoice
-- units:  money DECIMAL(18,2) in `currency`
--
-- src_base         which inbox
-- src_ref          invoice and digest of its state
-- invoice_key      the invoice: its registration number, else the portal's own id
-- reg_no           registration number
-- status           state, the portal's word
-- updated_at       when it came into that state, the portal's clock
-- input_at         when it was entered
-- cancel_reason    why it was withdrawn [untrusted]
-- kind             basic, fixed or additional
-- number           seller's number [untrusted]
-- issue_date       issued
-- turnover_date    day of the turnover
-- related_reg_no   registration number of what it corrects
-- related_number   its number
-- related_date     its day of issue
-- seller_bin       BIN or IIN of the seller
-- seller_name      seller [untrusted]
-- buyer_bin        BIN or IIN of the buyer
-- buyer_name       buyer [untrusted]
-- currency         ISO letter code
-- rate             KZT for one unit
-- sum_doc          total with VAT
-- vat_doc          VAT in it
-- delivery_number  number of the waybill or act [untrusted]
-- delivery_date    its day
select
    src_base,
    src_ref,
    coalesce(nullif(trim(reg_no), ''), 'id ' || nullif(trim(invoice_id), '')) as invoice_key,
    nullif(upper(trim(reg_no)), '') as reg_no,
    upper(trim(status)) as status,
    updated_at,
    input_at,
    nullif(trim(cancel_reason), '') as cancel_reason,
    kind,
    nullif(trim(number), '') as number,
    issue_date,
    turnover_date,
    nullif(upper(trim(related_reg_no)), '') as related_reg_no,
    nullif(trim(related_number), '') as related_number,
    related_date,
    nullif(trim(seller_bin), '') as seller_bin,
    nullif(trim(seller_name), '') as seller_name,
    nullif(trim(buyer_bin), '') as buyer_bin,
    nullif(trim(buyer_name), '') as buyer_name,
    upper(trim(currency)) as currency,
    rate,
    cast(total as decimal(18, 2)) as sum_doc,
    cast(vat as decimal(18, 2)) as vat_doc,
    nullif(trim(delivery_number), '') as delivery_number,
    delivery_date,
from raw.esf_invoice
where deleted_at is null

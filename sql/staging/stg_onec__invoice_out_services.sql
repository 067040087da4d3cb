-- Rows of services of invoice_out documents.
--
-- kind:   view
-- grain:  src_base, src_ref, line_no
-- source: raw.onec_invoice_out_services
-- units:  money DECIMAL(18,2) in the document's currency
--
-- src_base      which base
-- src_ref       key of the document
-- line_no       row of the section
-- item_ref      item
-- qty           quantity in the item's unit
-- price         price
-- sum_doc       sum of the row as typed
-- vat_rate_ref  VAT rate
-- vat_doc       VAT of the row
select
    src_base,
    src_ref,
    cast(LineNumber as integer) as line_no,
    nullif(nullif(lower(Номенклатура_Key), '00000000-0000-0000-0000-000000000000'), '') as item_ref,
    cast(Количество as decimal(18, 3)) as qty,
    cast(Цена as decimal(18, 4)) as price,
    cast(Сумма as decimal(18, 2)) as sum_doc,
    nullif(nullif(lower(СтавкаНДС_Key), '00000000-0000-0000-0000-000000000000'), '') as vat_rate_ref,
    cast(СуммаНДС as decimal(18, 2)) as vat_doc,
from raw.onec_invoice_out_services

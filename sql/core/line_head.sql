-- Rows of goods and services of all documents in one shape, still with the keys of the source.
--
-- kind:      view
-- published: no
-- grain:     src_base, src_ref, section, line_no
-- source:    goods and services sections of invoices, sales, purchases and returns
-- units:     money DECIMAL(18,2) in the document's currency
--
-- src_base      which base
-- src_ref       key of the document
-- section       1 goods, 2 services
-- line_no       row of the section
-- item_ref      item
-- qty           quantity in the item's unit
-- price         price
-- sum_doc       sum of the row as typed
-- vat_rate_ref  VAT rate
-- vat_doc       VAT of the row
select src_base, src_ref, 1 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__invoice_out_goods
union all
select src_base, src_ref, 2 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__invoice_out_services
union all
select src_base, src_ref, 1 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__sale_goods
union all
select src_base, src_ref, 2 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__sale_services
union all
select src_base, src_ref, 1 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__sale_return_goods
union all
select src_base, src_ref, 2 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__sale_return_services
union all
select src_base, src_ref, 1 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__purchase_goods
union all
select src_base, src_ref, 2 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__purchase_services
union all
select src_base, src_ref, 1 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__purchase_return_goods
union all
select src_base, src_ref, 2 as section, line_no, item_ref, qty, price, sum_doc, vat_rate_ref, vat_doc
from staging.stg_onec__purchase_return_services

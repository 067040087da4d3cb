-- Cash flow items: what the accountant says a payment is for in the statement of cash flows.
--
-- kind:     table
-- grain:    ddc_item_id
-- source:   1C Catalog_СтатьиДвиженияДенежныхСредств; empty where the base does not publish it
-- units:    none
-- label.ru: Статьи движения денежных средств
-- label.kk: Ақша қозғалысының баптары
-- label.en: Cash flow items
-- synonyms: статья ДДС, статьи движения денег, статья расходов денег, ақша қозғалысының бабы, ДДС бабы, cash flow item, cash flow line
--
-- ddc_item_id  short id
-- code         code in 1C
-- name         name in 1C [untrusted]
select
    'ddc_' || i.id as ddc_item_id,
    d.code,
    d.name,
from staging.stg_onec__ddc_item as d
join meta.short_id as i on i.kind = 'ddc_item' and i.src_base = d.src_base and i.src_ref = d.src_ref

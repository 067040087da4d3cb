-- Rows of goods and services of documents that count.
--
-- kind:     table
-- grain:    doc_id, line_no
-- source:   1C sections Товары and Услуги
-- units:    qty in the item's unit DECIMAL(18,3); money in the document's currency DECIMAL(18,2)
-- label.ru: Строки документов
-- label.kk: Құжат жолдары
-- label.en: Document lines
-- synonyms: строка, товары документа, что купили, что продали, позиции, жол, тауарлар, line, items sold
--
-- doc_id    document; joins doc
-- line_no   1, 2, …: goods, then services
-- item_id   good or service; joins item
-- qty       quantity in the item's unit
-- price     price of a unit as typed, in the document's currency
-- sum_doc   sum of the row with VAT, so that the rows sum to the document
-- vat_rate  VAT rate, per cent; 0 for the zero rate, null for «без НДС»
-- vat_doc   VAT of the row
-- is_goods  from the section of goods, not of services
select
    k.doc_id,
    cast(row_number() over (partition by k.doc_id order by l.section, l.line_no) as integer) as line_no,
    case when i.id is not null then 'it_' || i.id end as item_id,
    l.qty,
    l.price,
    cast(case when h.has_vat and not h.vat_included then l.sum_doc + coalesce(l.vat_doc, 0) else l.sum_doc end as decimal(18, 2)) as sum_doc,
    case when lower(r.name) not like '%без%ндс%' then r.rate end as vat_rate,
    case when h.has_vat then coalesce(l.vat_doc, 0) else cast(0 as decimal(18, 2)) end as vat_doc,
    l.section = 1 as is_goods,
from line_head as l
join doc_key as k on k.src_base = l.src_base and k.src_ref = l.src_ref
join doc_head as h on h.src_base = l.src_base and h.src_ref = l.src_ref
left join meta.short_id as i on i.kind = 'item' and i.src_base = l.src_base and i.src_ref = l.item_ref
left join staging.stg_onec__vat_rate as r on r.src_base = l.src_base and r.src_ref = l.vat_rate_ref
where k.status = 'counts'

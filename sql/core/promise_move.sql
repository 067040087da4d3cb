-- Movements of promises of goods, one row per line of the registers of reservations, orders and goods on their way, where the base has them.
--
-- kind:     table
-- grain:    kind, doc_id, line_no
-- source:   1C registers ТоварыВРезервеНаСкладах, ЗаказыПокупателей, ЗаказыПоставщикам, ТоварыКПолучениюНаСклады
-- units:    base unit of the item; positive: more is promised, negative: less
-- label.ru: Движения резервов и заказов
-- label.kk: Резерв пен тапсырыс қозғалысы
-- label.en: Movements of reservations and orders
-- synonyms: резерв, заказано, в пути, движения резерва, reservation moves
--
-- kind          reserve (goods kept for an order), ordered_out (customers' orders not yet shipped), ordered_in (not yet supplied),
--     in_transit (sent and not yet received)
-- doc_id        document that moved it
-- order_id      order or transfer that the promise belongs to; joins goods_order.doc_id
-- item_id       item
-- warehouse_id  store; null for orders (see goods_order)
-- move_date     day
-- qty           quantity: positive promised, negative fulfilled or given up
-- line_no       row of the register
with
rows as (
    select 'reserve' as kind, * from staging.stg_onec__reserve
    union all
    select 'ordered_out' as kind, * from staging.stg_onec__ordered_out
    union all
    select 'ordered_in' as kind, * from staging.stg_onec__ordered_in
    union all
    select 'in_transit' as kind, * from staging.stg_onec__in_transit
)
select
    r.kind,
    'd_' || d.id as doc_id,
    'd_' || o.id as order_id,
    'it_' || i.id as item_id,
    'wh_' || w.id as warehouse_id,
    cast(r.move_time as date) as move_date,
    cast(case when r.is_receipt then r.qty else -r.qty end as decimal(18, 3)) as qty,
    r.line_no,
from rows as r
left join meta.short_id as d on d.kind = 'doc' and d.src_base = r.src_base and d.src_ref = r.recorder_ref
left join meta.short_id as o on o.kind = 'doc' and o.src_base = r.src_base and o.src_ref = r.order_ref
left join meta.short_id as i on i.kind = 'item' and i.src_base = r.src_base and i.src_ref = r.item_ref
left join meta.short_id as w on w.kind = 'warehouse' and w.src_base = r.src_base and w.src_ref = r.warehouse_ref

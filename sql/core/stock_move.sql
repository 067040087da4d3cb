-- Movements of goods, one row per line of the goods register of 1C.
--
-- kind:      table
-- grain:     doc_id, line_no
-- source:    1C AccumulationRegister_ТоварыОрганизацийБУ
-- units:     base unit of the item; positive in, negative out
-- label.ru:  Движения товаров
-- label.kk:  Тауар қозғалысы
-- label.en:  Stock movements
-- synonyms:  приход товара, расход товара, движения, stock movements
--
-- doc_id       document that moved them
-- org_id       own entity
-- item_id      item
-- warehouse_id store
-- move_date    day
-- move_time    moment, local
-- qty          quantity: positive in, negative out
-- line_no      row of the register
select
    'd_' || d.id as doc_id,
    'org_' || o.id as org_id,
    'it_' || i.id as item_id,
    'wh_' || w.id as warehouse_id,
    cast(s.move_time as date) as move_date,
    s.move_time,
    cast(case when s.is_receipt then s.qty else -s.qty end as decimal(18, 3)) as qty,
    s.line_no,
from staging.stg_onec__stock s
left join meta.short_id d on d.kind = 'doc' and d.src_base = s.src_base and d.src_ref = s.recorder_ref
left join meta.short_id o on o.kind = 'org' and o.src_base = s.src_base and o.src_ref = s.org_ref
left join meta.short_id i on i.kind = 'item' and i.src_base = s.src_base and i.src_ref = s.item_ref
left join meta.short_id w on w.kind = 'warehouse' and w.src_base = s.src_base and w.src_ref = s.warehouse_ref

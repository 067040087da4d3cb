-- The movements of goods behind stock, for the items and stores that it lists.
--
-- grain:  part, doc_id, line
-- parts:  on_hand
-- units:  base unit of the item
--
-- part         column of stock that these amounts add up to
-- doc_id       document that moved them
-- type         its type; empty where the mirror does not hold it
-- number       its number in 1C
-- doc_date     day of the movement
-- counterparty the other party [untrusted]
-- amount       quantity; negative when out
with
held as (
    select org_id, item_id, warehouse_id
    from stock_on($as_of)
    where on_hand <> 0
        and ($item is null or item_id = $item or list_bool_and(list_transform(
            string_split(lower(trim($item)), ' '), lambda word: contains(
            regexp_replace(lower(item), '([0-9]+)', ' \1 ', 'g'), regexp_replace(word, '([0-9]+)', ' \1 ', 'g')
        )
        )))
)
select 'on_hand' as part, m.doc_id, d.type, d.number, m.move_date as doc_date, cp.name as counterparty, m.qty as amount,
from stock_move m
join held h on h.org_id is not distinct from m.org_id and h.item_id is not distinct from m.item_id
    and h.warehouse_id is not distinct from m.warehouse_id
left join doc d on d.doc_id = m.doc_id
left join cp on cp.cp_id = d.cp_id
where m.move_date <= $as_of

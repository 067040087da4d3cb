SELECT item, warehouse, on_hand, unit FROM stock_now ORDER BY item
SELECT item, sum(on_hand) AS total FROM stock_now GROUP BY item
SELECT * FROM stock_now WHERE item ILIKE '%арматура%'
SELECT item, warehouse, on_hand FROM stock_on(DATE '2025-12-31') WHERE on_hand < 0
SELECT item, warehouse, on_hand FROM stock_now WHERE is_negative
SELECT warehouse, count(*) AS positions FROM stock_now WHERE on_hand > 0 GROUP BY warehouse
SELECT n.item, n.on_hand - coalesce(b.on_hand, 0) AS change FROM stock_now n LEFT JOIN stock_on(DATE '2025-12-31') b ON b.item_id = n.item_id AND b.warehouse_id = n.warehouse_id AND b.org_id = n.org_id
SELECT i.name, sum(m.qty) FROM stock_move m JOIN item i USING (item_id) WHERE m.move_date BETWEEN DATE '2026-01-01' AND DATE '2026-01-31' AND m.qty < 0 GROUP BY i.name
SELECT move_date, qty FROM stock_move WHERE item_id = 'item_3' ORDER BY move_date DESC LIMIT 10
SELECT item_id, name, unit FROM item WHERE NOT is_service
SELECT name FROM item WHERE name LIKE '%A500C%' OR name LIKE '%А500С%'
SELECT warehouse_id, name FROM warehouse
SELECT item, max(last_move) AS last_move FROM stock_now GROUP BY item HAVING max(last_move) < DATE '2025-10-31'
SELECT item_name, quantity FROM stock_now
--= SELECT item, on_hand FROM stock_now
SELECT item, qty FROM stock_now WHERE qty > 0
--= SELECT item, on_hand FROM stock_now WHERE on_hand > 0
SELECT item, warehouse, on_hand FROM stock WHERE on_hand > 0
--= SELECT item, warehouse, on_hand FROM stock_now WHERE on_hand > 0
SELECT товар, остаток FROM stock_now
--= SELECT item, on_hand FROM stock_now
SELECT i.name, date_trunc('month', m.move_date) AS m, sum(m.qty) FILTER (WHERE m.qty > 0) AS received, -sum(m.qty) FILTER (WHERE m.qty < 0) AS shipped FROM stock_move m JOIN item i USING (item_id) WHERE m.move_date >= DATE '2025-07-01' GROUP BY ALL ORDER BY ALL
SELECT ISNULL(unit, '-') AS unit, COUNT(*) FROM item GROUP BY unit
--= SELECT coalesce(unit, '-') AS unit, COUNT(*) FROM item GROUP BY unit
SELECT w.name, SUM(s.on_hand) FROM stock_now s JOIN warehouse w ON w.warehouse_id = s.warehouse_id GROUP BY w.name

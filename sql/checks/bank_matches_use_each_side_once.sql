-- A statement line and a payment are matched once.
--
-- kind: integrity
select 'payment' as what, doc_id as id, count(*) as times from bank_rec where doc_id is not null group by doc_id having count(*) > 1
union all
select 'line', bank_line_id, count(*) from bank_rec where bank_line_id is not null and rule is distinct from 'group' group by bank_line_id having count(*) > 1

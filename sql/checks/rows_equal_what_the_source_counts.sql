-- As many rows are mirrored as the source says that it has.
--
-- kind: integrity
select t.source, t.table_name, t.value as source_says, m.rows as mirrored
from meta.table_total t
join meta.table_rows m using (source, src_base, table_name)
where t.name = 'rows' and cast(t.value as bigint) <> m.rows

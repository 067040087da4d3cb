-- On which local day the documents of each load were first seen, and on which the load before it began; a base's first load has no row.
--
-- Apart from doc_full, since it alone asks of every sync anew what no sync changes.
--
-- published: no
-- kind:      table
-- grain:     src_base, first_synced_at
-- source:    doc_head, the journal of syncs
--
-- src_base         base of 1C
-- first_synced_at  moment of the load, UTC
-- load_before      day of the load before, local
-- first_seen       day of the load, local
select
    h.src_base,
    h.first_synced_at,
    cast(timezone(any_value(run.timezone), timezone('UTC', max(r.started_at))) as date) as load_before,
    cast(timezone(any_value(run.timezone), timezone('UTC', h.first_synced_at)) as date) as first_seen,
from (select distinct src_base, first_synced_at from doc_head) as h
cross join meta.run as run
join meta.sync_run as r
    on r.source = 'onec' and r.status = 'ok' and r.src_base = h.src_base and r.started_at < h.first_synced_at
group by h.src_base, h.first_synced_at

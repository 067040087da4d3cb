-- How fresh each source is: when it was last read well, and up to which day it has data.
--
-- kind:     table
-- grain:    source
-- source:   the loader's own records
-- units:    times are UTC
-- label.ru: Свежесть данных
-- label.kk: Деректердің жаңалығы
-- label.en: Freshness
-- synonyms: свежесть, когда обновлялось, актуальность, последняя загрузка, жаңарту уақыты, freshness, last update, staleness
--
-- source      onec, bank or bitrix; with its base when there are several
-- last_ok_at  last good pull, UTC; null before the first
-- data_to     last day that the data covers
-- rows        rows in the mirror
-- status      ok, failed or never
-- error       why the last pull failed [untrusted]
select
    case when count(*) over (partition by source) > 1 then source || ':' || src_base else source end as source,
    last_ok_at,
    data_to,
    rows,
    status,
    error,
from meta.sync_state

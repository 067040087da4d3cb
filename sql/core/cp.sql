-- Counterparties: one row a real-world party, whichever systems know it. Cards of 1C with the same valid BIN are one party; a company
-- of the CRM joins it by BIN, or by account and name, or by a name that only one company has.
--
-- kind:     table
-- grain:    cp_id
-- source:   1C Catalog_Контрагенты, CRM companies (see cp_source)
-- units:    none
-- label.ru: Контрагенты
-- label.kk: Контрагенттер
-- label.en: Counterparties
-- synonyms: контрагент, клиент, покупатель, заказчик, поставщик, подрядчик, партнёр, должник, сатып алушы, жеткізуші, мердігер, клиент,
--     customer, client, supplier, vendor, contractor, debtor
--
-- cp_id            short id; cp_unknown is the party of documents whose party is not known, so that totals tie
-- kind             company, branch, entrepreneur (ИП), person, state, foreign or unknown
-- bin_iin          BIN or IIN; as typed when it is not valid, null when there is none
-- bin_valid        its check digit is right
-- name             name [untrusted]
-- name_norm        name for matching: see name_norm() [untrusted]
-- is_intercompany  the party is one of our own entities
-- parent_cp_id     head company of a branch
-- full_name        name in the papers [untrusted]
with
ranked as (
    select
        *,
        row_number() over (partition by cp_id order by src = 'onec' desc, is_deleted, id) as place,
        min(bin) over (partition by cp_id) as party_bin,
    from cp_key
),
head as (
    select c.cp_id, min(h.cp_id) as parent_cp_id
    from cp_key as c
    join staging.stg_onec__counterparty as s on c.src = 'onec' and s.src_base = c.src_base and s.src_ref = c.src_ref
    join cp_key as h on h.src = 'onec' and h.src_base = s.src_base and h.src_ref = s.head_ref
    where h.cp_id <> c.cp_id
    group by all
)
select
    r.cp_id,
    r.kind,
    coalesce(r.party_bin, r.bin_raw) as bin_iin,
    r.party_bin is not null as bin_valid,
    coalesce(r.name, r.full_name, r.cp_id) as name,
    coalesce(r.name_norm, '') as name_norm,
    coalesce(r.party_bin in (select o.bin from staging.stg_onec__organization as o where o.bin is not null), false) as is_intercompany,
    h.parent_cp_id,
    coalesce(r.full_name, r.name, r.cp_id) as full_name,
from ranked as r
left join head as h on h.cp_id = r.cp_id
where r.place = 1
union all
select
    'cp_unknown' as cp_id,
    'unknown' as kind,
    null as bin_iin,
    false as bin_valid,
    'Неизвестный контрагент' as name,
    name_norm('Неизвестный контрагент') as name_norm,
    false as is_intercompany,
    null as parent_cp_id,
    'Неизвестный контрагент' as full_name,

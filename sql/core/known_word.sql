-- Words of the names that the search knows, and how many counterparties or items have each: a rare word tells more.
--
-- kind:     table
-- grain:    kind, word, id
-- source:   known_name
-- units:    none
-- label.ru: Слова названий
-- label.kk: Атаулардың сөздері
-- label.en: Words of names
-- synonyms: слово в названии, word in a name
--
-- kind     counterparty or item
-- word     one word, as name_folded() gives it [untrusted]
-- id       cp_id or item_id
-- holders  how many counterparties or items have the word
select
    kind,
    word,
    id,
    cast(count(*) over (partition by kind, word) as integer) as holders,
from (select distinct kind, id, unnest(string_split(words, ' ')) as word from known_name)
order by kind, word, id

-- Words of the names that the search knows, and who has each: a rare word tells more.
--
-- kind:     table
-- grain:    kind, word
-- source:   known_name
-- units:    none
-- label.ru: Слова названий
-- label.kk: Атаулардың сөздері
-- label.en: Words of names
-- synonyms: слово в названии, word in a name
--
-- kind     counterparty or item
-- word     one word, as name_folded() gives it [untrusted]
-- holders  how many counterparties or items have the word
-- ids      their cp_id or item_id, one space between
select
    kind,
    word,
    cast(count(distinct id) as integer) as holders,
    string_agg(distinct id, ' ' order by id) as ids,
from (select kind, id, unnest(string_split(words, ' ')) as word from known_name)
group by kind, word
order by kind, word

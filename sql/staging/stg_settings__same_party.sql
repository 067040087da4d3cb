-- Cards that a person has found to be one party, or not to be one, each pair once, as the cards' own short ids.
--
-- kind:   view
-- grain:  card, other
-- source: raw.settings_same_party
--
-- card     number of one card's short id, the lower one
-- other    number of the other's
-- is_same  they are one party
select card, other, is_same
from raw.settings_same_party
where deleted_at is null

-- +goose Up

-- What the bot has asked members by itself, at most one question a day each.
CREATE TABLE nudges (
    workspace_id INTEGER NOT NULL,
    member_id    INTEGER NOT NULL,
    day          TEXT NOT NULL,
    what         TEXT NOT NULL,
    deal         INTEGER NOT NULL,
    at           TIMESTAMP NOT NULL,
    PRIMARY KEY (workspace_id, member_id, day)
) WITHOUT ROWID;
CREATE INDEX nudges_deal ON nudges (workspace_id, deal, at);
CREATE INDEX deals_adrift ON deals (workspace_id, owner_id, score DESC, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted AND next_step = '' AND (step <> '' OR score > 0);

-- +goose Down
DROP INDEX deals_adrift;
DROP TABLE nudges;

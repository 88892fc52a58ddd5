-- +goose Up

-- How deals came into the closing band, changed in it and left it: what each
-- change of a deal that was in the band before or after it made of what. where_was
-- and where_is say whether it was in, or why not.
CREATE TABLE closings (
    workspace_id INTEGER NOT NULL,
    deal         INTEGER NOT NULL,
    rev          INTEGER NOT NULL,
    where_was    TEXT NOT NULL,
    score_was    INTEGER NOT NULL,
    amount_was   INTEGER NOT NULL,
    currency_was TEXT NOT NULL,
    owner_was    INTEGER NOT NULL,
    where_is     TEXT NOT NULL,
    score_is     INTEGER NOT NULL,
    amount_is    INTEGER NOT NULL,
    currency_is  TEXT NOT NULL,
    owner_is     INTEGER NOT NULL,
    member_id    INTEGER NOT NULL,
    at           TIMESTAMP NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
) WITHOUT ROWID;
CREATE INDEX closings_at ON closings (workspace_id, at);

-- What can be told of the past: when the deals that are in the band, or ended in
-- it, entered it, and when they ended, with the figures that they have now. The
-- revisions before the present one are given to what came before.
INSERT INTO closings
    SELECT workspace_id, number, revision - CASE outcome WHEN 'open' THEN 0 ELSE 1 END,
        'below', 0, amount, currency, owner_id, 'in', score, amount, currency, owner_id, created_by, band_since, '', '', 0
    FROM deals WHERE NOT deleted AND score >= 14 AND (outcome = 'open' OR band_since < ended_at);
INSERT INTO closings
    SELECT workspace_id, number, revision,
        'in', score, amount, currency, owner_id, outcome, score, amount, currency, owner_id, created_by, ended_at, '', '', 0
    FROM deals WHERE NOT deleted AND score >= 14 AND outcome <> 'open' AND band_since < ended_at;

-- +goose Down
DROP TABLE closings;

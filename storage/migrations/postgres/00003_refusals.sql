-- +goose Up

-- What was said after a no, what was overcome before a win, and the first day
-- on which something was promised after a no, or ''.
ALTER TABLE deals ADD COLUMN aftermath TEXT NOT NULL DEFAULT '{}';
ALTER TABLE deals ADD COLUMN overcame TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN overcame_how TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN follow_on TEXT NOT NULL DEFAULT '';
CREATE INDEX deals_follow ON deals (workspace_id, follow_on, number) WHERE follow_on <> '' AND NOT deleted;
CREATE INDEX deals_overcame ON deals (workspace_id, overcame, ended_at)
    WHERE overcame <> '' AND outcome = 'won' AND NOT deleted;
CREATE INDEX deals_disqualified ON deals (workspace_id, ended_at, owner_id)
    WHERE outcome = 'disqualified' AND NOT deleted;
CREATE INDEX deals_promised ON deals (workspace_id, next_step_on, number)
    WHERE outcome = 'open' AND NOT deleted AND next_step_on <> '';

-- The history of noes, beside which each no has one row as it stands now. back_at
-- is when the customer came back, the year 9999 for not yet.
ALTER TABLE refusals RENAME TO refusal_changes;
ALTER TABLE refusal_changes ADD COLUMN aftermath TEXT NOT NULL DEFAULT '{}';
CREATE TABLE refusals (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    owner_id     BIGINT NOT NULL,
    step         TEXT NOT NULL,
    reason       TEXT NOT NULL,
    words        TEXT NOT NULL,
    probe        TEXT NOT NULL,
    product      BIGINT NOT NULL,
    winner       TEXT NOT NULL,
    door         TEXT NOT NULL,
    back_at      TIMESTAMPTZ NOT NULL,
    deleted      BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, deal, at)
);
CREATE INDEX refusals_at ON refusals (workspace_id, at, reason, probe, product, owner_id, step, winner, door, back_at)
    WHERE NOT deleted;
INSERT INTO refusals (workspace_id, deal, at, owner_id, step, reason, words, probe, product, winner, door, back_at, deleted)
    SELECT workspace_id, number, ended_at, owner_id, step, reason, words, '', 0, '', '', '9999-12-31 00:00:00+00:00', deleted
    FROM deals WHERE outcome = 'lost';

-- Each company's way through the funnel, as the audit trail of its deals tells
-- it. left_at is the year 9999 while the company is on the list.
CREATE TABLE tracks (
    workspace_id BIGINT NOT NULL,
    company_id   BIGINT NOT NULL,
    listed_at    TIMESTAMPTZ NOT NULL,
    left_at      TIMESTAMPTZ NOT NULL,
    moves        TEXT NOT NULL,
    PRIMARY KEY (workspace_id, company_id)
);

-- The tracks of the deals that are there are written at the next start.
INSERT INTO cursors (stream, position) VALUES ('tracks to write', 0);

-- +goose Down
DELETE FROM cursors WHERE stream = 'tracks to write';
DROP TABLE tracks;
DROP TABLE refusals;
ALTER TABLE refusal_changes DROP COLUMN aftermath;
ALTER TABLE refusal_changes RENAME TO refusals;
DROP INDEX deals_promised;
DROP INDEX deals_disqualified;
DROP INDEX deals_overcame;
DROP INDEX deals_follow;
ALTER TABLE deals DROP COLUMN follow_on;
ALTER TABLE deals DROP COLUMN overcame_how;
ALTER TABLE deals DROP COLUMN overcame;
ALTER TABLE deals DROP COLUMN aftermath;

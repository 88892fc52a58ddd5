-- +goose Up

-- An organisation's own funnel, '' for the method's, and its words.
ALTER TABLE workspaces ADD COLUMN funnel TEXT NOT NULL DEFAULT '';
ALTER TABLE workspaces ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE workspaces ADD COLUMN pitch TEXT NOT NULL DEFAULT '';

-- A soft question takes only words that are no line for its answer.
ALTER TABLE drafts ADD COLUMN soft BOOLEAN NOT NULL DEFAULT FALSE;

ALTER TABLE companies ADD COLUMN industry TEXT NOT NULL DEFAULT '';
ALTER TABLE companies ADD COLUMN size TEXT NOT NULL DEFAULT '';
ALTER TABLE companies ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE companies ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- What has changed beside deals is found by its subject.
CREATE INDEX changes_subject ON changes (workspace_id, subject, id) WHERE deal = 0;

CREATE TABLE products (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     INTEGER NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX products_key ON products (workspace_id, key) WHERE NOT deleted;

-- What members have reported; a count of 0 was taken back.
CREATE TABLE activities (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    member_id    INTEGER NOT NULL,
    deal         INTEGER NOT NULL, -- 0 for none
    kind         TEXT NOT NULL,
    count        INTEGER NOT NULL,
    at           TIMESTAMP NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;
CREATE INDEX activities_at ON activities (workspace_id, at);

-- What was decided about a rep's step; moved of decided companies had moved on
-- to it by then, and reviews of the two reviews were seen.
CREATE TABLE decisions (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    member_id    INTEGER NOT NULL,
    step         TEXT NOT NULL,
    why          TEXT NOT NULL,
    what         TEXT NOT NULL,
    at           TIMESTAMP NOT NULL,
    made_by      INTEGER NOT NULL,
    moved        INTEGER NOT NULL,
    decided      INTEGER NOT NULL,
    reviews      INTEGER NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;
CREATE INDEX decisions_at ON decisions (workspace_id, at, number) WHERE NOT deleted;
CREATE INDEX decisions_due ON decisions (workspace_id, at, number) WHERE reviews < 2 AND NOT deleted;

-- +goose Down
DROP TABLE decisions;
DROP TABLE activities;
DROP TABLE products;
DROP INDEX changes_subject;
ALTER TABLE companies DROP COLUMN revision;
ALTER TABLE companies DROP COLUMN source;
ALTER TABLE companies DROP COLUMN size;
ALTER TABLE companies DROP COLUMN industry;
ALTER TABLE drafts DROP COLUMN soft;
ALTER TABLE workspaces DROP COLUMN pitch;
ALTER TABLE workspaces DROP COLUMN reasons;
ALTER TABLE workspaces DROP COLUMN funnel;

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
ALTER TABLE companies ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;

-- What has changed beside deals is found by its subject.
CREATE INDEX changes_subject ON changes (workspace_id, subject, id) WHERE deal = 0;

CREATE TABLE products (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE UNIQUE INDEX products_key ON products (workspace_id, key) WHERE NOT deleted;

-- What members have reported; a count of 0 was taken back.
CREATE TABLE activities (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    deal         BIGINT NOT NULL, -- 0 for none
    kind         TEXT NOT NULL,
    count        BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE INDEX activities_at ON activities (workspace_id, at);

-- What was decided about a rep's step; moved of decided companies had moved on
-- to it by then, and reviews of the two reviews were seen.
CREATE TABLE decisions (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    step         TEXT NOT NULL,
    why          TEXT NOT NULL,
    what         TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    made_by      BIGINT NOT NULL,
    moved        BIGINT NOT NULL,
    decided      BIGINT NOT NULL,
    reviews      BIGINT NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
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

-- +goose Up

-- linked_at: since when the account is the member's; the year 1 for accounts that
-- a platform vouches for. heard_at: when the member last said something through
-- it. via: the chat whose people the member was recognised among. silent: the bot
-- cannot write to it. handle: what the platform calls it.
ALTER TABLE accounts ADD COLUMN linked_at TIMESTAMP NOT NULL DEFAULT '0001-01-01 00:00:00+00:00';
ALTER TABLE accounts ADD COLUMN heard_at TIMESTAMP NOT NULL DEFAULT '0001-01-01 00:00:00+00:00';
ALTER TABLE accounts ADD COLUMN via TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN silent BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN handle TEXT NOT NULL DEFAULT '';
-- Where nobody vouches for accounts, each belongs to one workspace.
CREATE UNIQUE INDEX accounts_once ON accounts (platform, external_id) WHERE platform = 'telegram';

-- reach: where the member wants what the bot says by itself, '' for where they
-- spoke last.
ALTER TABLE members ADD COLUMN reach TEXT NOT NULL DEFAULT '';

ALTER TABLE teams ADD COLUMN linked_at TIMESTAMP NOT NULL DEFAULT '0001-01-01 00:00:00+00:00';
CREATE INDEX teams_workspace ON teams (workspace_id, platform);

-- One-time codes by what they hash to, and how often each account has guessed
-- wrong since a moment.
CREATE TABLE codes (
    hash         TEXT PRIMARY KEY,
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    member_id    INTEGER NOT NULL REFERENCES members (id),
    created_at   TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX codes_member ON codes (member_id, created_at);
CREATE TABLE guesses (
    platform    TEXT NOT NULL,
    external_id TEXT NOT NULL,
    since       TIMESTAMP NOT NULL,
    count       INTEGER NOT NULL,
    PRIMARY KEY (platform, external_id)
) WITHOUT ROWID;

-- People who spoke in a linked chat and are no members.
CREATE TABLE visitors (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    platform     TEXT NOT NULL,
    external_id  TEXT NOT NULL,
    name         TEXT NOT NULL,
    handle       TEXT NOT NULL,
    locale       TEXT NOT NULL,
    chat         TEXT NOT NULL,
    place        TEXT NOT NULL,
    state        TEXT NOT NULL,
    at           TIMESTAMP NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX visitors_account ON visitors (workspace_id, platform, external_id);

CREATE TABLE leases (
    name       TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    held_until TIMESTAMP NOT NULL
) WITHOUT ROWID;

-- When a stream was last read.
ALTER TABLE cursors ADD COLUMN moved_at TIMESTAMP NOT NULL DEFAULT '0001-01-01 00:00:00+00:00';

-- What the platform calls the message that shows a post.
ALTER TABLE outbox ADD COLUMN shown_as TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_shown ON outbox (platform, chat, shown_as) WHERE shown_as <> '';

-- +goose Down
DROP INDEX outbox_shown;
ALTER TABLE outbox DROP COLUMN shown_as;
ALTER TABLE cursors DROP COLUMN moved_at;
DROP TABLE leases;
DROP TABLE visitors;
DROP TABLE guesses;
DROP TABLE codes;
DROP INDEX teams_workspace;
ALTER TABLE teams DROP COLUMN linked_at;
ALTER TABLE members DROP COLUMN reach;
DROP INDEX accounts_once;
ALTER TABLE accounts DROP COLUMN handle;
ALTER TABLE accounts DROP COLUMN silent;
ALTER TABLE accounts DROP COLUMN via;
ALTER TABLE accounts DROP COLUMN heard_at;
ALTER TABLE accounts DROP COLUMN linked_at;

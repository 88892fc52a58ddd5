-- +goose Up

-- Which workspace a chat service's organisation belongs to.
CREATE TABLE teams (
    platform     TEXT NOT NULL,
    external_id  TEXT NOT NULL,
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    name         TEXT NOT NULL,
    PRIMARY KEY (platform, external_id)
) WITHOUT ROWID;

-- The number that changes share which one line made, or 0: they are undone
-- together.
ALTER TABLE changes ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
CREATE INDEX changes_line ON changes (workspace_id, line) WHERE line > 0;

-- Each process sends what is due on its own platforms only.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (platform, due_at, id) WHERE NOT sent;

-- +goose Down
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE NOT sent;
DROP INDEX changes_line;
ALTER TABLE changes DROP COLUMN line;
DROP TABLE teams;

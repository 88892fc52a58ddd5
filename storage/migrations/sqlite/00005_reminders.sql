-- +goose Up

-- What members want to be told about a deal; day and clock are a wall clock's.
CREATE TABLE reminders (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    deal         INTEGER NOT NULL,
    member_id    INTEGER NOT NULL,
    what         TEXT NOT NULL,
    day          TEXT NOT NULL,
    clock        TEXT NOT NULL,
    set_at       TIMESTAMP NOT NULL,
    done         BOOLEAN NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;
CREATE INDEX reminders_day ON reminders (workspace_id, day, clock, number) WHERE NOT done AND NOT deleted;

-- +goose Down
DROP TABLE reminders;

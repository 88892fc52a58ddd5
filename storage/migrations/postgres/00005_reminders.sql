-- +goose Up

-- What members want to be told about a deal; day and clock are a wall clock's.
CREATE TABLE reminders (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    what         TEXT NOT NULL,
    day          TEXT NOT NULL,
    clock        TEXT NOT NULL,
    set_at       TIMESTAMPTZ NOT NULL,
    done         BOOLEAN NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE INDEX reminders_day ON reminders (workspace_id, day, clock, number) WHERE NOT done AND NOT deleted;

-- +goose Down
DROP TABLE reminders;

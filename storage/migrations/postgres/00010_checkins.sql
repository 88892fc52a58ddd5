-- +goose Up

-- What a member has answered about a day: how many calls, how many meetings, and
-- whether a deal moved on. The figures themselves are activities and steps.
CREATE TABLE checkins (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    day          TEXT NOT NULL,
    calls        BOOLEAN NOT NULL,
    meetings     BOOLEAN NOT NULL,
    steps        BOOLEAN NOT NULL,
    tallied_at   TIMESTAMPTZ NOT NULL,
    done_at      TIMESTAMPTZ NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE UNIQUE INDEX checkins_day ON checkins (workspace_id, member_id, day);
CREATE INDEX step_changes_member ON step_changes (workspace_id, member_id, at);

-- +goose Down
DROP INDEX step_changes_member;
DROP TABLE checkins;

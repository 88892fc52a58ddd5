-- +goose Up

-- Lines that are said again and again: for a chat, for a member, or for each rep.
-- zone is '' for the audience's own; ended says why it has ended, '' while it goes
-- on.
CREATE TABLE schedules (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    line         TEXT NOT NULL,
    rule         TEXT NOT NULL,
    zone         TEXT NOT NULL,
    audience     TEXT NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    name         TEXT NOT NULL, -- what people call the chat
    member_id    BIGINT NOT NULL, -- the audience, 0 for others
    maker_id     BIGINT NOT NULL,
    role         TEXT NOT NULL, -- what the maker was then
    made_at      TIMESTAMPTZ NOT NULL,
    ended        TEXT NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- What will be due: the next slot of each thing, for a member or, with 0, for
-- whoever it concerns.
CREATE TABLE turns (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    kind         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    slot         TEXT NOT NULL,
    slot_at      TIMESTAMPTZ NOT NULL, -- when the rule says
    due_at       TIMESTAMPTZ NOT NULL,
    attempts     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, kind, number, member_id)
);
CREATE INDEX turns_due ON turns (due_at, workspace_id, kind, number, member_id);

-- The slots that were dealt with, each once.
CREATE TABLE fired (
    workspace_id BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    slot         TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, kind, number, member_id, slot)
);
CREATE INDEX fired_at ON fired (at);

-- What changed so that its turns have to be worked out anew.
CREATE TABLE plans (
    workspace_id BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, kind, number)
);

-- Everything that is there gets its turns.
INSERT INTO plans (workspace_id, kind, number) SELECT id, 'workspace', 0 FROM workspaces;

-- Tracks that were written after undos among others' changes are written anew.
INSERT INTO cursors (stream, position) VALUES ('tracks to write', 0) ON CONFLICT (stream) DO NOTHING;

-- +goose Down
DROP TABLE plans;
DROP TABLE fired;
DROP TABLE turns;
DROP TABLE schedules;

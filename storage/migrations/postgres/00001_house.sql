-- +goose Up
CREATE TABLE workspaces (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       TEXT NOT NULL,
    key        TEXT NOT NULL UNIQUE,
    currency   TEXT NOT NULL,
    zone       TEXT NOT NULL,
    visibility TEXT NOT NULL,
    rates      TEXT NOT NULL DEFAULT '{}',
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE counters (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    name         TEXT NOT NULL,
    value        BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, name)
);

CREATE TABLE members (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    role         TEXT NOT NULL,
    locale       TEXT NOT NULL DEFAULT '',
    zone         TEXT NOT NULL DEFAULT '',
    active       BOOLEAN NOT NULL DEFAULT TRUE,
    revision     BIGINT NOT NULL DEFAULT 1,
    created_at   TIMESTAMPTZ NOT NULL,
    UNIQUE (workspace_id, key)
);

CREATE TABLE accounts (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    platform     TEXT NOT NULL,
    external_id  TEXT NOT NULL,
    member_id    BIGINT NOT NULL REFERENCES members (id),
    PRIMARY KEY (workspace_id, platform, external_id)
);
CREATE INDEX accounts_member ON accounts (member_id);

CREATE TABLE companies (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    UNIQUE (workspace_id, key)
);

-- A deal's present state, cached beside its history. Moments that do not come
-- are the year 9999, moments that were always the year 1.
CREATE TABLE deals (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    company_id   BIGINT NOT NULL REFERENCES companies (id),
    name         TEXT NOT NULL,
    key          TEXT NOT NULL,
    owner_id     BIGINT NOT NULL REFERENCES members (id),
    amount       BIGINT NOT NULL,
    currency     TEXT NOT NULL,
    worth        BIGINT NOT NULL, -- amount in the workspace's currency, -1 unknown
    close_on     TEXT NOT NULL,
    step         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    ended_at     TIMESTAMPTZ NOT NULL,
    reason       TEXT NOT NULL,
    words        TEXT NOT NULL,
    next_step    TEXT NOT NULL,
    next_step_on TEXT NOT NULL,
    card         TEXT NOT NULL,
    pain         BIGINT NOT NULL,
    power        BIGINT NOT NULL,
    fit          BIGINT NOT NULL,
    score        BIGINT NOT NULL,
    yeses        BIGINT NOT NULL,
    lift_at      TIMESTAMPTZ NOT NULL,
    doubt_at     TIMESTAMPTZ NOT NULL,
    ask_at       TIMESTAMPTZ NOT NULL,
    scored_at    TIMESTAMPTZ NOT NULL,
    band_since   TIMESTAMPTZ NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    created_by   BIGINT NOT NULL,
    deleted      BOOLEAN NOT NULL,
    revision     BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE INDEX deals_key ON deals (workspace_id, key) WHERE NOT deleted;
CREATE INDEX deals_owner ON deals (workspace_id, owner_id, score DESC, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted;
CREATE INDEX deals_score ON deals (workspace_id, score DESC, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted;
CREATE INDEX deals_lift ON deals (workspace_id, owner_id, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted AND lift_at < '9999-01-01 00:00:00+00:00';
CREATE INDEX deals_doubt ON deals (workspace_id, owner_id, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted AND doubt_at < '9999-01-01 00:00:00+00:00';
CREATE INDEX deals_ask ON deals (workspace_id, owner_id, yeses, worth DESC, number)
    WHERE outcome = 'open' AND NOT deleted;
CREATE INDEX deals_won ON deals (workspace_id, ended_at) WHERE outcome = 'won' AND NOT deleted;
CREATE INDEX deals_won_owner ON deals (workspace_id, owner_id, ended_at, number) WHERE outcome = 'won' AND NOT deleted;

-- The audit trail. diff maps each field that changed to its value before and
-- after; undoes is the change that this one reverses, or 0.
CREATE TABLE changes (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    subject      TEXT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    command      TEXT NOT NULL,
    diff         TEXT NOT NULL,
    undoes       BIGINT NOT NULL
);
CREATE INDEX changes_member ON changes (workspace_id, member_id, id);
CREATE INDEX changes_deal ON changes (workspace_id, deal, rev) WHERE deal > 0;

-- Histories of a deal, by the revision that wrote each row. undoes is the
-- revision that the row reverses, or 0.
CREATE TABLE answers (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    criterion    TEXT NOT NULL,
    reply        TEXT NOT NULL,
    evidence     TEXT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev, criterion)
);

CREATE TABLE scores (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    pain         BIGINT NOT NULL,
    power        BIGINT NOT NULL,
    fit          BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    direct       BOOLEAN NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
);

CREATE TABLE claims (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    amount       BIGINT NOT NULL,
    currency     TEXT NOT NULL,
    owner_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
);

CREATE TABLE step_changes (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    from_step    TEXT NOT NULL,
    to_step      TEXT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
);

CREATE TABLE refusals (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    reason       TEXT NOT NULL,
    words        TEXT NOT NULL,
    step         TEXT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
);

CREATE TABLE notes (
    workspace_id BIGINT NOT NULL,
    deal         BIGINT NOT NULL,
    rev          BIGINT NOT NULL,
    text         TEXT NOT NULL,
    member_id    BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    undoes       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, deal, rev)
);

CREATE TABLE targets (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    month        TEXT NOT NULL,
    member_id    BIGINT NOT NULL, -- 0 is the team
    currency     TEXT NOT NULL,
    amount       BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, month, member_id, currency)
);

CREATE TABLE drafts (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    line         TEXT NOT NULL,
    args         TEXT NOT NULL,
    waiting      TEXT NOT NULL,
    question     TEXT NOT NULL,
    event_key    TEXT NOT NULL,
    done         BOOLEAN NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, number)
);
CREATE INDEX drafts_waiting ON drafts (workspace_id, member_id, platform, chat, number)
    WHERE waiting <> '' AND NOT done;
CREATE INDEX drafts_event ON drafts (workspace_id, event_key) WHERE event_key <> '';

-- What is to be sent, and with an event's key the answer that the event was
-- given.
CREATE TABLE outbox (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    event_key    TEXT NOT NULL,
    member_id    BIGINT NOT NULL,
    platform     TEXT NOT NULL,
    chat         TEXT NOT NULL,
    thread       TEXT NOT NULL,
    private      BOOLEAN NOT NULL,
    body         TEXT NOT NULL,
    sent         BOOLEAN NOT NULL,
    attempts     BIGINT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    due_at       TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX outbox_event ON outbox (workspace_id, event_key) WHERE event_key <> '';
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE NOT sent;

CREATE TABLE cursors (
    stream   TEXT PRIMARY KEY,
    position BIGINT NOT NULL
);

-- +goose Down
DROP TABLE cursors;
DROP TABLE outbox;
DROP TABLE drafts;
DROP TABLE targets;
DROP TABLE notes;
DROP TABLE refusals;
DROP TABLE step_changes;
DROP TABLE claims;
DROP TABLE scores;
DROP TABLE answers;
DROP TABLE changes;
DROP TABLE deals;
DROP TABLE companies;
DROP TABLE accounts;
DROP TABLE members;
DROP TABLE counters;
DROP TABLE workspaces;

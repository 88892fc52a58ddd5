-- +goose Up

-- What was said on the page to play on, as the page writes it.
CREATE TABLE page_messages (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    number       INTEGER NOT NULL,
    room         TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, number)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE page_messages;

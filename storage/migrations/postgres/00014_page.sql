-- +goose Up

-- What was said on the page to play on, as the page writes it.
CREATE TABLE page_messages (
    workspace_id BIGINT NOT NULL REFERENCES workspaces (id),
    number       BIGINT NOT NULL,
    room         TEXT NOT NULL,
    body         TEXT NOT NULL,
    PRIMARY KEY (workspace_id, number)
);

-- +goose Down
DROP TABLE page_messages;

-- +goose Up

-- fresh: the bot has not greeted the member yet.
ALTER TABLE members ADD COLUMN fresh BOOLEAN NOT NULL DEFAULT FALSE;

-- channel: the team's own, as {"platform", "id", "name"}; '' for none.
ALTER TABLE workspaces ADD COLUMN channel TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE workspaces DROP COLUMN channel;
ALTER TABLE members DROP COLUMN fresh;

-- +goose Up

-- claimed: somebody has the post and has not recorded what became of it. parts
-- is how many of its messages have gone out, below the thread that the rest
-- belongs in. prompt asks a person something. dropped says why a post that counts
-- as sent never was.
ALTER TABLE outbox ADD COLUMN claimed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE outbox ADD COLUMN prompt BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE outbox ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN below TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN dropped TEXT NOT NULL DEFAULT '';
-- A chat's posts go out in their order.
CREATE INDEX outbox_chat ON outbox (platform, workspace_id, chat, id) WHERE NOT sent;

-- +goose Down
DROP INDEX outbox_chat;
ALTER TABLE outbox DROP COLUMN dropped;
ALTER TABLE outbox DROP COLUMN below;
ALTER TABLE outbox DROP COLUMN parts;
ALTER TABLE outbox DROP COLUMN prompt;
ALTER TABLE outbox DROP COLUMN claimed;

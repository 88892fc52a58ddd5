-- +goose Up

-- When people may be asked: hours as "09:00-18:00", days as "mon,tue", a country as
-- "cz"; '' is the usual, or for a member the workspace's. nudge is when a question a
-- day is asked: '' is when the day begins, else a time or 'off'.
ALTER TABLE workspaces ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE workspaces ADD COLUMN days TEXT NOT NULL DEFAULT '';
ALTER TABLE workspaces ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE workspaces ADD COLUMN days_off TEXT NOT NULL DEFAULT '[]';
ALTER TABLE workspaces ADD COLUMN nudge TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN days TEXT NOT NULL DEFAULT '';

-- The first day on which a member is here again, or a deal is asked about again; ''
-- for not away and not waiting.
ALTER TABLE members ADD COLUMN away_until TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN wait_on TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN wait_why TEXT NOT NULL DEFAULT '';
CREATE INDEX deals_waiting ON deals (workspace_id, wait_on, number)
    WHERE outcome = 'open' AND NOT deleted AND wait_on <> '';

-- +goose Down
DROP INDEX deals_waiting;
ALTER TABLE deals DROP COLUMN wait_why;
ALTER TABLE deals DROP COLUMN wait_on;
ALTER TABLE members DROP COLUMN away_until;
ALTER TABLE members DROP COLUMN days;
ALTER TABLE members DROP COLUMN hours;
ALTER TABLE workspaces DROP COLUMN nudge;
ALTER TABLE workspaces DROP COLUMN days_off;
ALTER TABLE workspaces DROP COLUMN country;
ALTER TABLE workspaces DROP COLUMN days;
ALTER TABLE workspaces DROP COLUMN hours;

-- Times are ISO-8601 text in UTC with nine decimals, so that text order is time order. Money is decimal text.

CREATE TABLE run (
  run_id      TEXT NOT NULL PRIMARY KEY,
  roster      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
  finished_at TEXT,
  simulated   INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  lease_owner TEXT,
  lease_until TEXT,
  CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT;

CREATE INDEX run_by_age ON run (created_at, run_id);

-- Apart from run, so that renewing a lease does not rewrite the plan.
CREATE TABLE plan (
  run_id   TEXT NOT NULL PRIMARY KEY REFERENCES run (run_id) ON DELETE CASCADE,
  deflated BLOB NOT NULL -- JSON, zlib
) STRICT;

CREATE TABLE trial (
  trial_id          INTEGER PRIMARY KEY,
  run_id            TEXT NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  ordinal           INTEGER, -- place in the plan, from 0; NULL = no longer in it
  model             TEXT NOT NULL,
  task              TEXT NOT NULL,
  sample            TEXT NOT NULL,
  epoch             INTEGER NOT NULL CHECK (epoch >= 1),
  completion_fp     TEXT NOT NULL,
  grade_fp          TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('completed', 'scored', 'unscored', 'failed')),
  attempts          INTEGER NOT NULL,
  wasted_tokens     INTEGER,
  wasted_cost_usd   TEXT,
  started_at        TEXT NOT NULL,
  finished_at       TEXT NOT NULL,
  quarantined       TEXT,
  -- The columns up to outcome repeat what outcome says, for queries by hand; NULL = unknown or not applicable.
  score             REAL,
  passed            INTEGER CHECK (passed IN (0, 1)),
  prompt_tokens     INTEGER,
  response_tokens   INTEGER,
  reasoning_tokens  INTEGER,
  completion_tokens INTEGER,
  cost_usd          TEXT,
  finish_reason     TEXT,
  generation_id     TEXT,
  error_type        TEXT,
  outcome           TEXT NOT NULL, -- JSON without the verbatim texts
  UNIQUE (run_id, model, task, sample, epoch)
) STRICT;

CREATE INDEX trial_in_plan_order ON trial (run_id, ordinal);

-- Verbatim texts: kind is 'reply' for the contestant's reply, 'generation' for the provider's billing record of it,
-- 'role-1', 'role-1-generation', 'role-2', … for those of roles in call order.
CREATE TABLE raw (
  trial_id   INTEGER NOT NULL REFERENCES trial (trial_id) ON DELETE CASCADE,
  kind       TEXT NOT NULL,
  belongs_to INTEGER NOT NULL, -- digest of the completion that the text goes with
  deflated   BLOB NOT NULL, -- zlib
  PRIMARY KEY (trial_id, kind)
) STRICT;

CREATE TABLE attempt (
  sequence      INTEGER PRIMARY KEY,
  attempt_id    TEXT NOT NULL UNIQUE,
  run_id        TEXT NOT NULL REFERENCES run (run_id) ON DELETE CASCADE,
  model         TEXT NOT NULL,
  task          TEXT NOT NULL,
  sample        TEXT NOT NULL,
  epoch         INTEGER NOT NULL CHECK (epoch >= 1),
  role          TEXT NOT NULL,
  number        INTEGER NOT NULL,
  sent_at       TEXT NOT NULL,
  generation_id TEXT,
  ended_at      TEXT, -- NULL = sent, outcome unknown
  ending        TEXT, -- JSON
  CHECK ((ended_at IS NULL) = (ending IS NULL))
) STRICT;

CREATE INDEX attempt_in_order ON attempt (run_id, sent_at, sequence);

import type { Migration } from '../../database/open'

/** The schema of engine.db, one per computer: jobs, money, limits and drafts. */
export const engineMigrations: readonly Migration[] = [
  `
  create table jobs (
    id text primary key,
    library text not null,
    provider text not null,
    recipe text not null,
    state text not null,
    -- Counted before each run, so that a job that crashes the program cannot do so for ever.
    attempts integer not null default 0,
    error text,
    -- The clip it becomes, with its planned file: written before anything is put at that place.
    clip text,
    dismissed integer not null default 0,
    created_at integer not null,
    updated_at integer not null
  ) strict, without rowid;
  create index jobs_shown on jobs (library, state, created_at) where dismissed = 0;
  create index jobs_unfinished on jobs (library, created_at) where state in ('waiting', 'running', 'downloading');

  create table drafts (
    library text primary key,
    draft text not null
  ) strict, without rowid;
  `,
  `
  -- 2: paid jobs.
  alter table jobs add column position real not null default 0;
  alter table jobs add column word text;
  alter table jobs add column quote text not null default '{"certainty":"free","amount":{"unit":"usd","micros":0}}';
  -- The last submit as it went out: its id, the exact bytes, the key's fingerprint. Written before the request.
  alter table jobs add column intent text;
  alter table jobs add column remote_id text;
  alter table jobs add column result text;
  alter table jobs add column look_ups integer not null default 0;
  alter table jobs add column look_ups_since integer;
  -- cancel, held, paused, allowed, priced: what the user said.
  alter table jobs add column flags text not null default '[]';
  alter table jobs add column replaces text;
  alter table jobs add column replaced_by text;
  alter table jobs add column submitted_at integer;
  -- The platform's last answer, verbatim but for secrets.
  alter table jobs add column last_answer text;
  update jobs set position = created_at;
  drop index jobs_unfinished;
  create index jobs_unfinished on jobs (state, position) where state in
    ('waiting', 'handing-over', 'submitting', 'unknown', 'running', 'downloading', 'undelivered');
  create index jobs_by_remote on jobs (provider, remote_id) where remote_id is not null;

  create table timeline (
    id integer primary key,
    job text not null references jobs (id),
    at integer not null,
    event text not null,
    from_state text,
    to_state text not null,
    note text not null
  ) strict;
  create index timeline_by_job on timeline (job, id);

  -- One line a job: what it was to cost, what counts against the caps, what was charged.
  create table ledger (
    job text primary key,
    library text not null,
    provider text not null,
    state text not null,
    unit text,
    quoted_micros integer,
    charged_micros integer,
    -- Dollars that count against the caps, worst case; null while nobody knows what a credit is worth.
    usd_micros integer,
    -- Local day of the submit, 2026-11-21: that day pays, whenever the clip comes.
    day text not null,
    at integer not null,
    updated_at integer not null
  ) strict, without rowid;
  create index ledger_by_day on ledger (day);

  create table handed_over (
    provider text not null,
    key_print text not null,
    still text not null,
    url text not null,
    expires_at integer,
    primary key (provider, key_print, still)
  ) strict, without rowid;

  create table limits (scope text primary key, value text not null) strict, without rowid;
  create table meta (key text primary key, value text not null) strict, without rowid;
  `,
  `
  -- 3: five platforms.
  create index jobs_ended on jobs (provider, updated_at) where state in ('done', 'failed', 'refused');

  -- Where each platform is and how it is spoken to ('provider:krea'), and the user's bucket ('bucket').
  create table settings (scope text primary key, value text not null) strict, without rowid;

  -- Objects in the user's bucket that are to be deleted when no job needs them. Written before the object is.
  create table bucket_objects (
    name text primary key,
    -- Where it lies: the settings of the bucket as they were, and the fingerprint of its keys.
    settings text not null,
    key_print text not null,
    provider text not null,
    -- The still's or clip's id.
    file text not null,
    made_at integer not null
  ) strict, without rowid;
  `,
  `
  -- 4: prices that are asked for again.
  -- When, where and in which dialect the quote was asked for; what the user said yes to, once the quote has changed.
  alter table jobs add column quoted text;
  alter table jobs add column agreed text;
  `,
]

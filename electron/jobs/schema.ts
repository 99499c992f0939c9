import type { Migration } from '../database/open'

/** The schema of engine.db, one per computer: jobs and drafts. */
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
]

import type { Migration } from '../database/open'

/** The schema of library.db, an index: everything in it can be made again from the library's files. */
export const libraryMigrations: readonly Migration[] = [
  `
  create table meta (key text primary key, value text not null) strict, without rowid;

  create table stills (
    id text primary key,
    type text not null,
    width integer not null,
    height integer not null,
    bytes integer not null,
    name text not null,
    created_at integer not null
  ) strict, without rowid;

  create table clips (
    row integer primary key,
    id text not null unique,
    title text not null,
    words text not null,
    origin text not null,
    created_at integer not null,
    duration_s real not null,
    width integer not null,
    height integer not null,
    fps real not null,
    codec text not null,
    has_audio integer not null,
    bytes integer not null,
    sha256 text not null,
    file text not null unique,
    previews text not null
  ) strict;
  create index clips_by_time on clips (created_at, id);
  create index clips_by_duration on clips (duration_s, created_at, id);
  create index clips_by_title on clips (title collate nocase, created_at, id);
  create index clips_by_hash on clips (sha256);
  create index clips_without_previews on clips (created_at) where previews = 'pending';

  -- trigram: unicode61 finds nothing inside Chinese or Japanese, and people search for parts of words.
  create virtual table clips_text using fts5(words, content='clips', content_rowid='row', tokenize='trigram');
  create trigger clips_text_insert after insert on clips begin
    insert into clips_text (rowid, words) values (new.row, new.words);
  end;
  create trigger clips_text_delete after delete on clips begin
    insert into clips_text (clips_text, rowid, words) values ('delete', old.row, old.words);
  end;
  create trigger clips_text_update after update of words on clips begin
    insert into clips_text (clips_text, rowid, words) values ('delete', old.row, old.words);
    insert into clips_text (rowid, words) values (new.row, new.words);
  end;
  `,
]

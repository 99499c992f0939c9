import { randomBytes } from 'node:crypto'
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { open } from './cdp.ts'
import { electronPath, projectFolder, systemArgs } from './environment.ts'

/** A home whose library holds many clips with real files, posters and filmstrips. */
export interface FilledLibrary {
  readonly args: readonly string[]
  /** One of its posters. */
  readonly poster: string
  readonly remove: () => Promise<void>
}

const cachePath = (library: string, kind: string, id: string) =>
  join(library, '.inbetween', kind, id.slice(0, 2), `${id}.webp`)

/** Imports one clip through the application itself, then adds `count - 1` rows with links to the same files. */
export async function fillLibrary(count: number): Promise<FilledLibrary> {
  const root = await mkdtemp(join(tmpdir(), 'inbetween-bench-'))
  const library = join(root, 'library')
  const args = [...systemArgs(), projectFolder, `--user-data-dir=${join(root, 'user')}`]
  await mkdir(join(root, 'user'))
  await writeFile(join(root, 'user/settings.json'), JSON.stringify({ libraryFolder: library }))
  const clip = join(projectFolder, 'test/fixtures/clip.mp4')
  const window = await open(electronPath(), args, 'app://inbetween/index.html')
  while ((await window.evaluate('typeof window.inbetween')) !== 'object');
  await window.evaluate(`(async () => {
    const call = async (name, input) => (await window.inbetween.call(name, input)).value
    const ready = new Promise((resolve) => window.inbetween.on((event, data) =>
      event === 'clip.changed' && data.previews === 'ready' && resolve()))
    await call('library.import', { paths: [${JSON.stringify(clip)}] })
    await ready
  })()`)
  await window.close()

  const db = new DatabaseSync(join(library, '.inbetween/library.db'))
  const row = db.prepare('select * from clips').get()
  if (!row) throw new Error('the clip was not imported')
  const { row: _row, ...first } = row
  const names = Object.keys(first)
  const insert = db.prepare(
    `insert into clips (${names.join(', ')}) values (${names.map((name) => `:${name}`).join(', ')})`,
  )
  db.exec('begin')
  for (let n = 1; n < count; n += 1) {
    const id = randomBytes(10).toString('hex')
    const file = `clips/2026/11/${id}.mp4`
    insert.run({
      ...first,
      id,
      file,
      created_at: Number(first['created_at']) - n * 60_000,
      title: `Clip ${n}`,
    })
    const original = String(first['id'])
    for (const kind of ['posters', 'filmstrips']) {
      const to = cachePath(library, kind, id)
      await mkdir(dirname(to), { recursive: true })
      await link(cachePath(library, kind, original), to)
    }
    await mkdir(join(library, 'clips/2026/11'), { recursive: true })
    await link(join(library, String(first['file'])), join(library, file))
  }
  db.exec('commit')
  db.close()
  return {
    args,
    poster: cachePath(library, 'posters', String(first['id'])),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10 }),
  }
}

import {
  copyFileSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { filesBelow, temporaryFolder } from '../support/folder'
import { sha256Of } from '../support/samples'
import { complaints } from './check'
import { engineOf, libraryOf, openSession } from './session'

const fixture = join(import.meta.dirname, '../fixtures/clip.mp4')
const sha256 = sha256Of(readFileSync(fixture))

/** A home in which one clip was made in order. */
async function goodHome() {
  const home = { folder: temporaryFolder(), fixture }
  const session = await openSession(home)
  await session.start()
  await session.create()
  await session.end()
  session.close()
  const library = libraryOf(home)
  const clips = await filesBelow(join(library, 'clips'))
  const [sidecar = '', video = ''] = clips.map((name) => join(library, 'clips', name))
  const sql = (path: string, statement: string) => {
    const db = new DatabaseSync(path)
    db.exec(statement)
    db.close()
  }
  return {
    sidecar,
    video,
    partial: join(library, '.inbetween/partial'),
    inEngine: (statement: string) => sql(engineOf(home), statement),
    inLibrary: (statement: string) => sql(join(library, '.inbetween/library.db'), statement),
    look: () => complaints({ library, engine: engineOf(home), sha256, jobs: 1 }),
  }
}

test('nothing is wrong where nothing is wrong', async () => {
  const home = await goodHome()
  expect(home.look()).toEqual([])
  expect(readdirSync(home.partial)).toEqual([])
})

type Home = Awaited<ReturnType<typeof goodHome>>

// A check that cannot fail proves nothing: each fault that a kill could leave is made here, and must be told.
const faults: readonly (readonly [string, (home: Home) => void, RegExp])[] = [
  ['a second copy', ({ video }) => copyFileSync(video, video.replace('.mp4', ' 2.mp4')), /2 clip files/],
  ['no clip', ({ video }) => rmSync(video), /0 clip files/],
  ['half a clip', ({ video }) => truncateSync(video, 1000), /other bytes/],
  ['no sidecar', ({ sidecar }) => rmSync(sidecar), /0 sidecars/],
  ['a sidecar too many', ({ sidecar }) => copyFileSync(sidecar, `${sidecar}.json`), /2 sidecars/],
  ['a sidecar of another clip', ({ sidecar }) => writeFileSync(sidecar, '{"clip":{}}'), /another clip/],
  ['a temporary file', ({ sidecar }) => writeFileSync(`${sidecar}.ab.tmp`, ''), /in clips/],
  ['a part', ({ partial }) => writeFileSync(join(partial, 'x.part'), ''), /in partial/],
  ['a renamed clip', ({ video }) => renameSync(video, `${video}.mp4`), /does not know/],
  ['no library row', ({ inLibrary }) => inLibrary('delete from clips'), /0 library rows/],
  [
    'a row of another file',
    ({ inLibrary }) => inLibrary("update clips set file = 'x'"),
    /no row tells the truth/,
  ],
  [
    'a job that is not done',
    ({ inEngine }) => inEngine("update jobs set state = 'downloading'"),
    /is downloading/,
  ],
  ['a job that failed', ({ inEngine }) => inEngine("update jobs set state = 'failed'"), /is failed/],
  ['no job', ({ inEngine }) => inEngine('delete from timeline; delete from jobs'), /0 jobs/],
]

test.each(faults)('%s is seen', async (_what, spoil, complaint) => {
  const home = await goodHome()
  spoil(home)
  expect(home.look().join('; ')).toMatch(complaint)
})

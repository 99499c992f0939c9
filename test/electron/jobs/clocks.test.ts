import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../electron/database/open'
import { createMeta } from '../../../electron/jobs/store/meta'
import { createPauses } from '../../../electron/jobs/pauses'
import { createPlatformClock } from '../../../electron/jobs/asking/platform-clock'
import { engineMigrations } from '../../../electron/jobs/store/schema'
import { engineScene } from '../../support/engine-scene'
import { temporaryFolder } from '../../support/folder'

test('a platform’s time goes on with our uptime, whatever our clock says', () => {
  let up = 1000
  const clock = createPlatformClock(() => up)
  expect(clock.now('krea')).toBeNull()
  clock.answered('krea', 5_000_000)
  up = 61_000
  expect([clock.now('krea'), clock.now('apiframe')]).toEqual([5_060_000, null])
  clock.answered('krea', null)
  expect(clock.now('krea')).toBe(5_060_000)
  clock.answered('krea', 6_000_000)
  expect(clock.now('krea')).toBe(6_000_000)
})

function sessions() {
  const path = join(temporaryFolder(), 'engine.db')
  return () => {
    const db = openDatabase(path, engineMigrations)
    onTestFinished(() => db.close())
    return createPauses(createMeta(db))
  }
}

const starts = [
  ['the first', [], false, true, 'no'],
  ['after an orderly end', ['begin', 'end'], false, true, 'no'],
  ['after a kill', ['begin'], false, true, 'unclean'],
  ['after a kill with nothing unsent', ['begin'], false, false, 'no'],
  ['with a restored file', ['begin', 'end'], true, true, 'restored'],
  ['paused by the user before', ['begin', 'pause', 'end'], true, true, 'user'],
  ['paused and resumed', ['begin', 'pause', 'resume', 'end'], false, true, 'no'],
] as const

test.each(starts)('a start %s', (_when, before, isRestored, hasUnsent, why) => {
  const open = sessions()
  const first = open()
  for (const step of before) {
    if (step === 'begin') first.begin({ isRestored: false, hasUnsent: false })
    else if (step === 'end') first.end()
    else first.set(step === 'pause')
  }
  const second = open()
  second.begin({ isRestored, hasUnsent })
  expect(second.state()).toBe(why)
  second.set(false)
  expect(second.state()).toBe('no')
})

test('the pause after an unclean end stays over orderly starts, until the user resumes', () => {
  const open = sessions()
  open().begin({ isRestored: false, hasUnsent: false })
  for (let n = 0; n < 3; n += 1) {
    const later = open()
    later.begin({ isRestored: false, hasUnsent: true })
    expect(later.state()).toBe('unclean')
    later.end()
  }
  open().set(false)
  const last = open()
  last.begin({ isRestored: false, hasUnsent: true })
  expect(last.state()).toBe('no')
})

test('what became of paid work while the program was closed is told until it is read', async () => {
  const scene = await engineScene()
  const first = scene.start()
  const ids = [await first.create({ prompt: 'a' }), await first.create({ prompt: 'b' })]
  const closedAt = scene.clock.now()
  first.stop()
  scene.clock.set(closedAt + 3_600_000)
  scene.world.offline = true
  const second = scene.start()
  // While everything still runs there is nothing to tell.
  expect(second.engine.queue().away).toBeNull()
  scene.krea.finish('r1')
  scene.krea.say('r2', { kind: 'failed', word: 'failed', message: '', blocked: false, billed: 'no' })
  scene.world.offline = false
  second.engine.wake()
  await second.passes(ids[0] ?? '', 'done')
  await second.passes(ids[1] ?? '', 'failed')
  expect(second.engine.queue().away).toEqual({ since: closedAt, done: 1, problems: 1, stillRunning: 0 })
  second.engine.awayRead()
  expect(second.engine.queue().away).toBeNull()
})

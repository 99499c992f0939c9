import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundleForNode } from '../../support/bundle'
import { startNode } from '../../support/child'
import { temporaryFolder } from '../../support/folder'
import { until } from '../../support/until'
import type { Told } from './child'
import { clipOf, downloading, sha256 } from './downloading'

test('a process killed in the middle: another goes on from the part file', async () => {
  const child = await bundleForNode(join(import.meta.dirname, 'child.ts'), temporaryFolder())
  const clip = clipOf(9_000_000)
  const { run, host, id, part, kept, resume, resumes, ranges } = await downloading(clip)
  const { promise: never } = Promise.withResolvers<void>()
  host.faults.add({ kind: 'stall', afterBytes: 6_000_000, until: never })

  const killed = startNode(child, [host.link(id), part])
  // What the process said is all that a job row would hold.
  const told = JSON.parse(await killed.said()) as Told
  await until(() => expect(kept().length).toBeGreaterThan(4_000_000))
  killed.kill()
  expect((await killed.ended).signal).toBe('SIGKILL')

  const { length } = kept()
  expect(kept().equals(clip.subarray(0, length))).toBe(true)
  expect(told).toEqual(resume())
  expect(await run(told)).toEqual({ bytes: 9_000_000, sha256: sha256(clip), extension: '.mp4' })
  expect(kept().equals(clip)).toBe(true)
  expect(ranges()).toEqual([undefined, `bytes=${length}-`])
  expect(resumes).toEqual([])
})

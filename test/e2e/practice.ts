import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RemoteProviderId } from '../../shared/provider'
import { createClock } from '../platforms/clock'
import { createPracticePlatforms, practiceKeys, type PracticeServers } from '../platforms/practice-platforms'
import type { S3Server } from '../platforms/s3/s3'
import { expect, test as base } from './fixtures'
import { launch, type Home, type Running } from './launch'

/** Simulated platforms and a bucket in the test's own process, and the application started against them. */
export interface Practice extends PracticeServers {
  readonly servers: PracticeServers
  readonly bucket: S3Server
  readonly keys: Readonly<Record<RemoteProviderId, string>>
  /** Starts on the test's own home, or on another one. */
  readonly start: (home?: Home) => Promise<Running>
}

/** Run time of a job, ms: shorter than the first poll. */
const runMs = 2_000

/**
 * Tests of paid jobs: no money, real HTTP, practice keys in memory. Whatever a test does, no platform may have seen
 * anything at its end that it must never see.
 */
export const test = base.extend<{ bytespikeDialect: 'A' | 'B'; practice: Practice }>({
  /** Which of its own documents the simulated ByteSpike keeps to. */
  bytespikeDialect: ['A', { option: true }],
  practice: async ({ home, bytespikeDialect }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'inbetween-practice-'))
    const platforms = await createPracticePlatforms({
      clock: createClock(Date.now),
      runMs: () => runMs,
      bytespikeDialect,
    })
    const { servers, bucket } = platforms
    const file = join(folder, 'practice.json')
    await writeFile(file, JSON.stringify(platforms.file))
    await writeFile(join(home.userData, 'practice'), '')
    const started: Running[] = []
    await use({
      ...servers,
      servers,
      bucket,
      keys: practiceKeys,
      async start(on = home) {
        const running = await launch(on, [], { INBETWEEN_PRACTICE: file })
        started.push(running)
        // The samples are stored by then: a first start is over, and quitting interrupts nothing.
        await running.call['draft.get'](undefined)
        return running
      },
    })
    for (const { isOpen, kill } of started) if (isOpen()) await kill()
    await platforms.close()
    await rm(folder, { recursive: true, force: true })
    const seen = [...Object.values(servers), bucket].flatMap(({ record }) => record.violations)
    expect(seen).toEqual([])
  },
})

export { expect } from '@playwright/test'

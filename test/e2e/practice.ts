import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RemoteProviderId } from '../../shared/provider'
import { apiframePracticeKey, createApiframeServer, type ApiframeServer } from '../platforms/apiframe'
import { createClock } from '../platforms/clock'
import { createKreaServer, kreaPracticeKey, type KreaServer } from '../platforms/krea'
import { expect, test as base } from './fixtures'
import { launch, type Home, type Running } from './launch'

/** Simulated platforms in the test's own process, and the application started against them. */
export interface Practice {
  readonly krea: KreaServer
  readonly apiframe: ApiframeServer
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
export const test = base.extend<{ practice: Practice }>({
  practice: async ({ home }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'inbetween-practice-'))
    // An intent is the whole prompt: tests give each job its own.
    const options = { clock: createClock(Date.now), runMs: () => runMs, markerOf: (prompt: string) => prompt }
    const krea = await createKreaServer(options)
    const apiframe = await createApiframeServer(options)
    const keys = { krea: kreaPracticeKey, apiframe: apiframePracticeKey }
    const platforms = {
      krea: { origin: krea.origin, key: keys.krea },
      apiframe: { origin: apiframe.origin, key: keys.apiframe },
    }
    const file = join(folder, 'practice.json')
    await writeFile(file, JSON.stringify({ platforms }))
    await writeFile(join(home.userData, 'practice'), '')
    const started: Running[] = []
    await use({
      krea,
      apiframe,
      keys,
      async start(on = home) {
        const running = await launch(on, [], { INBETWEEN_PRACTICE: file })
        started.push(running)
        // The samples are stored by then: a first start is over, and quitting interrupts nothing.
        await running.call['draft.get'](undefined)
        return running
      },
    })
    for (const { isOpen, kill } of started) if (isOpen()) await kill()
    await krea.close()
    await apiframe.close()
    await rm(folder, { recursive: true, force: true })
    expect([...krea.record.violations, ...apiframe.record.violations]).toEqual([])
  },
})

export { expect } from '@playwright/test'

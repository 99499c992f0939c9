import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundleForNode } from '../support/bundle'
import { startNode } from '../support/child'
import { temporaryFolder } from '../support/folder'
import { sha256Of } from '../support/samples'
import { seed } from '../support/seed'
import { complaints } from './check'
import type { Order } from './child'
import { engineOf, libraryOf, makeLibrary, openSession, type Home } from './session'

const fixture = join(import.meta.dirname, '../fixtures/clip.mp4')
const sha256 = sha256Of(readFileSync(fixture))

/** Far more steps than a run has: a run that never ends must not keep the test running. */
const mostSteps = 400

const bundle = () => bundleForNode(join(import.meta.dirname, 'child.ts'), temporaryFolder())

async function newHome(): Promise<Home> {
  const home = { folder: temporaryFolder(), fixture }
  await makeLibrary(home)
  return home
}

/** One life of the program in a process of its own; the steps it took, or undefined when it was killed. */
async function live(script: string, order: Order): Promise<readonly string[] | undefined> {
  const { code, signal, output } = await startNode(script, [JSON.stringify(order)]).ended
  if (signal === 'SIGKILL') return undefined
  expect(code, output).toBe(0)
  return JSON.parse(output) as string[]
}

/** How many steps a life takes until its job is written down: the second "exec" commits what the first began. */
async function stepsToCommit(script: string): Promise<number> {
  const steps = (await live(script, { ...(await newHome()), creates: true, killAt: 0 })) ?? []
  return steps.indexOf('database exec', steps.indexOf('database exec') + 1) + 1
}

/** The next start, in this process, to its end; then the look of somebody who does not know the program. */
async function recover(home: Home, jobs: 0 | 1): Promise<string[]> {
  const session = await openSession(home)
  await session.start()
  await session.end()
  session.close()
  return complaints({ library: libraryOf(home), engine: engineOf(home), sha256, jobs })
}

test(
  'killed before every single step, the next start ends with one whole clip and nothing else',
  { timeout: 240_000 },
  async () => {
    const script = await bundle()
    const commitAt = await stepsToCommit(script)
    let steps: readonly string[] | undefined
    let killed = 0
    for (let killAt = 1; !steps && killAt < mostSteps; killAt += 1) {
      const home = await newHome()
      steps = await live(script, { ...home, creates: true, killAt })
      if (!steps) killed += 1
      expect(await recover(home, killAt <= commitAt ? 0 : 1), `killed before step ${killAt}`).toEqual([])
    }
    // A step or two after the end come or do not, as the close comes sooner or later.
    expect(killed).toBeGreaterThanOrEqual(40)
    // Every kind of step of saving was among those it was killed before.
    for (const step of [
      'file link',
      'file rename',
      'file unlink',
      'handle sync',
      'handle write',
      'statement run',
    ]) {
      expect(steps).toContain(step)
    }
    console.log(`promote-crash: ${killed} kill points, each survived`)
  },
)

test('killed again while it recovers, the start after that ends the same', { timeout: 120_000 }, async () => {
  const script = await bundle()
  const commitAt = await stepsToCommit(script)
  // A fixed sequence of pairs (Park and Miller's), spread over both lives.
  let state = seed
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return 1 + (state % below)
  }
  for (let pair = 0; pair < 12; pair += 1) {
    const home = await newHome()
    const [first, second] = [next(40), next(40)]
    await live(script, { ...home, creates: true, killAt: first })
    await live(script, { ...home, creates: false, killAt: second })
    expect(
      await recover(home, first <= commitAt ? 0 : 1),
      `killed before step ${first}, then before step ${second}`,
    ).toEqual([])
  }
})

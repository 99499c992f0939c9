// npm run bench -- cancel: how soon a 4K render that is called off has stopped, against the time of the whole render.
import { median } from './support/environment.ts'
import { startFresh } from './support/fresh-start.ts'

/** Renders counted of each, after one of each that is not. */
const runs = 5

/** Code for the page: starts the sample recipe in 4K and settles at the first job of a kind. */
const start = `
  const call = async (name, input) => (await window.inbetween.call(name, input)).value
  const { recipe, provider } = await call('draft.get')
  const until = (isIt) => new Promise((resolve) => {
    const stop = window.inbetween.on((event, job) => {
      if (event !== 'job.changed' || !isIt(job)) return
      stop?.()
      resolve(job)
    })
  })
  const create = () => call('jobs.create', { recipe: { ...recipe, durationS: 4, resolution: '4k' }, provider, yes: [] })
`

const wholeMs = `(async () => {
  ${start}
  const from = performance.now()
  const done = until(({ state }) => state === 'done')
  await create()
  await done
  return performance.now() - from
})()`

const cancelMs = `(async () => {
  ${start}
  const begun = until(({ state, progress }) => state === 'running' && progress > 0)
  const stopped = until(({ state }) => state === 'cancelled')
  await create()
  const { id } = await begun
  const from = performance.now()
  await Promise.all([call('jobs.cancel', { id }), stopped])
  return performance.now() - from
})()`

const { window, remove } = await startFresh()
async function ask(expression: string): Promise<number> {
  const took = await window.evaluate(expression)
  if (typeof took !== 'number') throw new Error('the page did not answer')
  return took
}

const whole: number[] = []
const cancelled: number[] = []
for (let run = 0; run <= runs; run += 1) {
  const pair = [await ask(wholeMs), await ask(cancelMs)] as const
  if (run === 0) continue
  whole.push(pair[0])
  cancelled.push(pair[1])
}
await window.close()
await remove()
console.log(
  JSON.stringify({
    bench: 'cancel',
    runs,
    ratio: Number((median(cancelled) / median(whole)).toFixed(3)),
    cancel_ms: Math.round(median(cancelled)),
    cancel_ms_longest: Math.round(Math.max(...cancelled)),
    whole_ms: Math.round(median(whole)),
  }),
)

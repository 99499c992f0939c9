// npm run bench -- start: spawn → first poster decoded and a click answered, against a bare Electron window.
import { join } from 'node:path'
import { open } from './support/cdp.ts'
import { electronPath, median, systemArgs } from './support/environment.ts'
import { fillLibrary } from './support/filled-library.ts'

/** Clips in the library. */
const clips = 1000
/** Longest wait for one start, milliseconds: far beyond any that would be worth counting. */
const longestMs = 30_000
/** Starts counted of each, after one of each that is not. */
const runs = 7

/** The middle of the first decoded picture that can be clicked. */
const findPoster = (selector: string) => `(async () => {
  const image = document.querySelector(${JSON.stringify(selector)})
  if (!image || !image.src) return null
  await image.decode()
  const box = image.getBoundingClientRect()
  return [box.x + box.width / 2, box.y + box.height / 2]
})()`

const isAnswered = `document.querySelector('[aria-selected="true"]') !== null`

interface Subject {
  readonly args: readonly string[]
  readonly address: string
  readonly selector: string
}

/** Milliseconds from the start of the process to the answered click, seen from outside. */
async function startMs({ args, address, selector }: Subject): Promise<number> {
  const from = performance.now()
  const ask = async (expression: string) => {
    if (performance.now() - from > longestMs) throw new Error(`${address} did not answer in 30 s`)
    return await window.evaluate(expression)
  }
  const window = await open(electronPath(), args, address)
  let spot: unknown
  while (!Array.isArray(spot)) spot = await ask(findPoster(selector))
  const [x, y] = spot as [number, number]
  await window.click(x, y)
  while ((await ask(isAnswered)) !== true);
  const took = performance.now() - from
  await window.close()
  return took
}

const library = await fillLibrary(clips)
process.env['BENCH_POSTER'] = library.poster
const ours: Subject = {
  args: library.args,
  address: 'app://inbetween/index.html',
  selector: 'img[src^="/poster/"]',
}
const bare: Subject = {
  args: [...systemArgs(), join(import.meta.dirname, 'support/bare')],
  address: 'file://',
  selector: 'img',
}
const oursMs: number[] = []
const bareMs: number[] = []
for (let run = 0; run <= runs; run += 1) {
  const pair = [await startMs(bare), await startMs(ours)] as const
  if (run === 0) continue
  bareMs.push(pair[0])
  oursMs.push(pair[1])
}
await library.remove()
console.log(
  JSON.stringify({
    bench: 'start',
    clips,
    runs,
    ratio: Number((median(oursMs) / median(bareMs)).toFixed(2)),
    ours_ms: Math.round(median(oursMs)),
    bare_ms: Math.round(median(bareMs)),
  }),
)

// Run as a process of its own by `npm run practice`: the simulated platforms, until standard input ends.
import { writeFileSync } from 'node:fs'
import { failure } from './answer'
import { apiframePracticeKey, createApiframeServer } from './apiframe'
import { createClock } from './clock'
import { createKreaServer, kreaPracticeKey } from './krea'

/** Run time of a job, ms: long enough to watch it, short enough to try things. */
const runMs = 20_000
/** For ever. */
const always = 1_000_000

const [file = ''] = process.argv.slice(2)
const options = { clock: createClock(Date.now), runMs: () => runMs, markerOf: (prompt: string) => prompt }
const servers = {
  krea: await createKreaServer(options),
  apiframe: await createApiframeServer(options),
}
for (const { jobs, faults } of Object.values(servers)) {
  // Words in a prompt that make something go wrong.
  jobs.script(
    '#refused',
    { end: 'failed', failure: { code: 'content', message: 'blocked by content filtering' } },
    always,
  )
  jobs.script('#fail', { end: 'failed', failure: { code: 'internal', message: 'the model failed' } }, always)
  jobs.script('#slow', { runMs: 600_000 }, always)
  jobs.script('#nolink', { withoutUrl: true }, always)
  faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: '#cut', times: always })
  faults.add({ kind: 'cut', acted: false }, { route: 'submit', intent: '#lost', times: always })
  faults.add(
    { kind: 'answer', acted: false, answer: failure(429, 'slow down', 30) },
    { route: 'submit', intent: '#busy', times: 1 },
  )
}
const platforms = {
  krea: { origin: servers.krea.origin, key: kreaPracticeKey },
  apiframe: { origin: servers.apiframe.origin, key: apiframePracticeKey },
}
writeFileSync(file, JSON.stringify({ platforms }))
console.log('ready')
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

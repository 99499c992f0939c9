// Run as a process of its own by `npm run practice`: the simulated platforms, until standard input ends.
import { writeFileSync } from 'node:fs'
import { createClock } from './clock'
import { createPracticePlatforms } from './practice-platforms'
import { teachWords } from './practice-words'

/** Run time of a job, ms: long enough to watch it, short enough to try things. */
const runMs = 20_000

const [file = '', films = ''] = process.argv.slice(2)
const { servers, file: addresses } = await createPracticePlatforms({
  clock: createClock(Date.now),
  runMs: () => runMs,
  films,
})
teachWords(servers)
writeFileSync(file, JSON.stringify(addresses))
console.log('ready')
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))

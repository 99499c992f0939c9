import { describe, expect, test } from 'vitest'
import { lanes } from '../../support/scenario-lanes'
import { scenarios } from '../../support/scenario-table'

for (const { name, run } of lanes) {
  const checked = scenarios.filter((scenario) => typeof run(scenario) !== 'string')
  describe(name, () => {
    test.each(checked)('$number $name', async (scenario) => {
      const work = run(scenario)
      if (typeof work === 'string') throw new Error(work)
      const { server } = await work()
      expect(server.record.violations.map(({ rule }) => rule)).toEqual(scenario.provokes ?? [])
    })
  })
}

test('every scenario of the catalogue is run on every platform, or it is said why not', () => {
  const numbers = new Set(scenarios.map(({ number }) => number))
  expect([...numbers]).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  const unchecked = lanes.flatMap(({ name, run }) =>
    scenarios.flatMap((scenario) => {
      const work = run(scenario)
      return typeof work === 'string' ? [`${name} ${scenario.number}: ${work}`] : []
    }),
  )
  expect(unchecked).toMatchInlineSnapshot(`
    [
      "Krea 6: Retry-After is its only header for that",
      "Krea 13: documented, and in one form",
      "Krea 15: downloads/: an adapter only gives the address",
      "Krea 18: uploads have no documented end",
      "Krea 20: has no idempotency",
      "Krea 22: tells no progress",
      "Krea 24: has no balance to ask for",
      "Krea 25: one dialect only",
      "Krea 25: one way only",
      "Apiframe 6: Retry-After is its only header for that",
      "Apiframe 13: documented, and in one form",
      "Apiframe 15: downloads/: an adapter only gives the address",
      "Apiframe 25: one dialect only",
      "Apiframe 25: one way only",
      "UniAll 6: its "retry headers" have no documented name",
      "UniAll 10: has no way to cancel and no word for it",
      "UniAll 15: downloads/: an adapter only gives the address",
      "UniAll 18: takes only addresses: refusals are the bucket’s (electron/bucket)",
      "UniAll 18: has no uploads: the lifetime of a link is the bucket’s (electron/bucket)",
      "UniAll 20: has idempotency by a name that is not documented: nothing is sent",
      "UniAll 25: tried in 13, with the shapes of the submit’s answer",
      "UniAll, docs 6: its "retry headers" have no documented name",
      "UniAll, docs 10: has no way to cancel and no word for it",
      "UniAll, docs 15: downloads/: an adapter only gives the address",
      "UniAll, docs 18: takes only addresses: refusals are the bucket’s (electron/bucket)",
      "UniAll, docs 18: has no uploads: the lifetime of a link is the bucket’s (electron/bucket)",
      "UniAll, docs 20: has idempotency by a name that is not documented: nothing is sent",
      "UniAll, docs 25: tried in 13, with the shapes of the submit’s answer",
      "ByteSpike A 6: its X-RateLimit headers count dollars, not requests",
      "ByteSpike A 15: downloads/: an adapter only gives the address",
      "ByteSpike A 18: a picture inside the request cannot expire",
      "ByteSpike A 20: \`out_task_id\` is in dialect B only",
      "ByteSpike A 22: tells no progress",
      "ByteSpike B 6: its X-RateLimit headers count dollars, not requests",
      "ByteSpike B 15: downloads/: an adapter only gives the address",
      "ByteSpike B 18: a picture inside the request cannot expire",
      "ByteSpike B 22: tells no progress",
      "inference.sh 13: documented, and in one form",
      "inference.sh 15: downloads/: an adapter only gives the address",
      "inference.sh 20: has no idempotency",
      "inference.sh 22: tells no progress",
      "inference.sh 25: one way only",
      "inference.sh, page 13: documented, and in one form",
      "inference.sh, page 15: downloads/: an adapter only gives the address",
      "inference.sh, page 20: has no idempotency",
      "inference.sh, page 22: tells no progress",
      "inference.sh, page 25: one way only",
    ]
  `)
})

// Run as a process of its own: one life of the program, that ends by SIGKILL or in order.
import { breaker } from './broken'
import { installKills } from './kills'
import { openLife } from './life'
import type { Order } from './order'
import { useUntilRest } from './user'

// The parent is the matrix; nothing else starts this file.
const order = JSON.parse(process.argv[2] ?? '') as Order
const kills = await installKills(order.kill)
const breaks = breaker(order)
const life = await openLife(order, kills.step, breaks)
await life.start()
if (order.onlyTidies) {
  await life.tidy()
  await life.close()
  process.exit(0)
}
const restless = await useUntilRest(life, order)
await life.close()
const steps = kills.count()
// What an end in order leaves for the next start to sweep is no fault.
const next = await openLife(order, () => undefined, breaks)
await next.start()
// A fault of the bucket befalls one try.
for (let tries = 0; tries < 3; tries += 1) await next.sweep()
await next.close()
console.log(JSON.stringify({ steps, restless }))
process.exit(0)

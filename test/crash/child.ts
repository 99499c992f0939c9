// Run as a process of its own: one life of the program that ends by SIGKILL before a given step, or in order.
import { installKillSwitch } from './kill-switch'

/** How it is told what to do, in its one argument. */
export interface Order {
  readonly folder: string
  readonly fixture: string
  /** Whether it makes the job, or takes up what an earlier life left. */
  readonly creates: boolean
  /** Before which step it dies, from 1. */
  readonly killAt: number
}

// The parent is this test; nothing else starts this file.
const order = JSON.parse(process.argv[2] ?? '') as Order
const killSwitch = await installKillSwitch(order.killAt)
// Not before: the sources bind what they import when they are loaded.
const { openSession } = await import('./session')
const session = await openSession(order)
if (!order.creates) killSwitch.arm()
await session.start()
if (order.creates) {
  killSwitch.arm()
  await session.create()
}
await session.end()
session.close()
console.log(JSON.stringify(killSwitch.steps()))

import type { Log } from './log'

/** How often it is looked whether the daily backup is due, milliseconds: an hour. */
const everyMs = 3_600_000

/** Keeps the daily backup of engine.db while the program runs. A failed one is logged and tried again. */
export function keepBackups(backUpIfDue: () => Promise<void>, log: Log): void {
  const look = () => {
    backUpIfDue().catch((error: unknown) => log.error('backup of engine.db', error))
  }
  look()
  // unref: a quitting program does not wait for it.
  setInterval(look, everyMs).unref()
}

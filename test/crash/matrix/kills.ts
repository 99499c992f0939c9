import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Kill } from './order'

const fileCalls = ['open', 'mkdir', 'link', 'rename', 'rm', 'unlink', 'writeFile', 'copyFile'] as const
const syncCalls = ['openSync', 'writeSync', 'fsyncSync'] as const
const handleCalls = ['write', 'writeFile', 'truncate', 'sync', 'close'] as const

/** Something is about to happen that outlives the process. */
export type Step = (name: string) => void

/**
 * Lets this process die by SIGKILL right before a step. Steps are all that changes files and databases, and what the
 * caller names; to be installed before anything is opened.
 */
export async function installKills(kill: Kill | null) {
  let left = kill?.nth ?? 0
  let count = 0
  const step: Step = (name) => {
    count += 1
    if (!kill || !name.startsWith(kill.before)) return
    left -= 1
    if (left === 0) die()
  }

  function watch(owner: object, kind: string, names: readonly string[]): void {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (...all: readonly unknown[]) => unknown
      Reflect.set(owner, name, function (this: unknown, ...all: readonly unknown[]) {
        const isExec = name === 'exec'
        const what = isExec ? (/^\s*\w+/.exec(String(all[0]))?.[0] ?? '') : name
        step(`${kind} ${what}`)
        const result = Reflect.apply(original, this, all)
        if (isExec && what === 'commit') step('database committed')
        return result
      })
    }
  }

  const handle = await promises.open(process.execPath)
  watch(Object.getPrototypeOf(handle) as object, 'handle', handleCalls)
  await handle.close()
  watch(promises, 'file', fileCalls)
  watch(fs, 'file', syncCalls)
  watch(DatabaseSync.prototype, 'database', ['exec'])
  watch(StatementSync.prototype, 'statement', ['run'])
  syncBuiltinESMExports()
  left = kill?.nth ?? 0
  count = 0
  return { step, count: () => count }
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
  // Not one instruction more, however late the signal is.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

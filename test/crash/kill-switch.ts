import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'

/** Everything that reads or changes what outlives the process. */
const fileCalls = [
  'open',
  'mkdir',
  'link',
  'rename',
  'rm',
  'stat',
  'unlink',
  'readFile',
  'readdir',
  'writeFile',
  'copyFile',
] as const
const handleCalls = ['write', 'writeFile', 'sync', 'close'] as const

/**
 * Makes this process kill itself with SIGKILL right before its `killAt`th step on files and databases, counted from
 * the moment it is armed. To be installed before the code under test is imported.
 */
export async function installKillSwitch(killAt: number) {
  const steps: string[] = []
  let isArmed = false

  function step(name: string): void {
    if (!isArmed) return
    steps.push(name)
    if (steps.length !== killAt) return
    process.kill(process.pid, 'SIGKILL')
    // Not one instruction more, however late the signal is.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }

  function watch(owner: object, kind: string, names: readonly string[]): void {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (...all: readonly unknown[]) => unknown
      const watched = function (this: unknown, ...all: readonly unknown[]) {
        step(`${kind} ${name}`)
        return Reflect.apply(original, this, all)
      }
      Reflect.set(owner, name, watched)
    }
  }

  const handle = await promises.open(process.execPath)
  watch(Object.getPrototypeOf(handle) as object, 'handle', handleCalls)
  await handle.close()
  watch(promises, 'file', fileCalls)
  watch(fs, 'file', ['createReadStream'])
  watch(DatabaseSync.prototype, 'database', ['exec'])
  watch(StatementSync.prototype, 'statement', ['run', 'get', 'all'])
  syncBuiltinESMExports()

  return {
    arm: () => void (isArmed = true),
    steps: (): readonly string[] => steps,
  }
}

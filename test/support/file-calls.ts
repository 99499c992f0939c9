import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { relative } from 'node:path'
import { onTestFinished, vi } from 'vitest'

type Mutable = Record<string, (...args: never[]) => unknown>

/** The calls that change what lies on a disk, or make it durable. */
const pathCalls = ['open', 'mkdir', 'link', 'rename', 'unlink', 'rm', 'copyFile', 'writeFile'] as const
const handleCalls = ['writeFile', 'write', 'sync', 'close'] as const

/**
 * Records the calls on paths below the folder, in their order, while they really happen: `rename a b`, `sync a`.
 * Random parts of names are shown as `*`.
 */
export function recordFileCalls(folder: string, also?: (call: string) => void) {
  const calls: string[] = []
  const own = fs as unknown as Mutable
  const originals = new Map(pathCalls.map((name) => [name, own[name]]))

  const short = (path: unknown) => {
    if (typeof path !== 'string' || relative(folder, path).startsWith('..')) return undefined
    return (
      relative(folder, path)
        .replaceAll('\\', '/')
        .replace(/\.[0-9a-f]{8}\.tmp$/, '.*.tmp') || '.'
    )
  }
  const note = (words: readonly (string | undefined)[]) => {
    const call = words.filter(Boolean).join(' ')
    calls.push(call)
    also?.(call)
  }

  for (const [name, original] of originals) {
    own[name] = async (...args: unknown[]) => {
      const path = short(args[0])
      const second = name === 'link' || name === 'rename' ? short(args[1]) : undefined
      const flags = name === 'open' ? String(args[1]) : undefined
      if (path !== undefined) note([name, path, second, flags])
      const result: unknown = await original?.(...(args as never[]))
      if (name === 'open' && path !== undefined) watchHandle(result as object, path)
      return result
    }
  }
  syncBuiltinESMExports()

  function watchHandle(handle: object, path: string): void {
    for (const name of handleCalls) {
      const original = (Reflect.get(handle, name) as (...args: unknown[]) => unknown).bind(handle)
      Reflect.set(handle, name, async (...args: unknown[]) => {
        try {
          note([name, path])
        } catch (cut) {
          // A killed process leaves no open handle either.
          if (name === 'close') await original()
          throw cut
        }
        return await original(...args)
      })
    }
  }

  function stop(): void {
    for (const [name, original] of originals) if (original) own[name] = original
    syncBuiltinESMExports()
  }
  onTestFinished(stop)
  return { calls, stop }
}

/** Makes one call of `node:fs/promises` fail with a system error while `when` says so; the rest really happens. */
export function failFileCall(
  name: (typeof pathCalls)[number] | 'readFile',
  code: string,
  when: (...args: readonly unknown[]) => boolean = () => true,
) {
  const own = fs as unknown as Mutable
  const original = own[name]
  const spy = vi.fn((...args: unknown[]) => {
    if (!when(...args)) return original?.(...(args as never[]))
    return Promise.reject(Object.assign(new Error(`${code}: ${name}`), { code }))
  })
  own[name] = spy
  syncBuiltinESMExports()
  onTestFinished(() => {
    if (original) own[name] = original
    syncBuiltinESMExports()
  })
  return spy
}

/** Makes every write through a file handle take half of what it is given, as a nearly full disk does. */
export async function halveWrites(anyFile: string): Promise<void> {
  const handle = await fs.open(anyFile)
  const prototype = Object.getPrototypeOf(handle) as object
  await handle.close()
  const original = Reflect.get(prototype, 'write') as (...args: readonly unknown[]) => unknown
  const halved = function (
    this: unknown,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) {
    return Reflect.apply(original, this, [bytes, offset, Math.ceil(length / 2), position])
  }
  Reflect.set(prototype, 'write', halved)
  onTestFinished(() => void Reflect.set(prototype, 'write', original))
}

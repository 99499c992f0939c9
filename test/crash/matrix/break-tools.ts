import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Agent } from 'undici'
import type { Downloader } from '../../../electron/downloads/fetch'
import type { EngineFiles } from '../../../electron/jobs/store/open-files'
import { reveal } from '../../../electron/keys/redacted'
import type { Library } from '../../../electron/library/open'
import type { Http } from '../../../electron/providers/http/http'
import {
  Unreachable,
  type Elsewhere,
  type RemoteProvider,
  type Send,
} from '../../../electron/providers/provider'
import type { MediaResultOf } from '../../../shared/media-schema'
import { remoteProviderIds, type RemoteProviderId } from '../../../shared/provider'
import type { Order } from './order'

/** What the program is put together from, as far as a sabotage swaps it. */
export interface Breakable {
  readonly library: Library
  readonly files: EngineFiles
  readonly http: Http
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly downloader: Downloader
  readonly inspect: (path: string) => MediaResultOf<'clip'>
}

type Values = Record<string, SQLInputValue>

/** Changes what the program writes with such a statement, or keeps it from being written. */
export function onRun(db: DatabaseSync, sql: RegExp, change: (values: Values) => Values | null): void {
  const prepare = db.prepare.bind(db)
  db.prepare = (text) => {
    const statement = prepare(text)
    if (!sql.test(text)) return statement
    const run = statement.run.bind(statement)
    // All these statements are written with named values.
    const changed = (values: Values) => {
      const written = change(values)
      return written === null ? { changes: 0, lastInsertRowid: 0 } : run(written)
    }
    Reflect.set(statement, 'run', changed)
    return statement
  }
}

/** Keeps lines out of submits.log. */
export function withLog(
  whole: Breakable,
  keeps: (line: Parameters<EngineFiles['submitLog']['append']>[0]) => boolean,
): Breakable {
  const { submitLog } = whole.files
  const append: typeof submitLog.append = (line) => {
    if (keeps(line)) submitLog.append(line)
  }
  return { ...whole, files: { ...whole.files, submitLog: { ...submitLog, append } } }
}

/** Changes how paid requests leave. */
export function withSubmit(whole: Breakable, change: (send: Send) => Send): Breakable {
  const { http } = whole
  return {
    ...whole,
    http: {
      ...http,
      line(target) {
        const line = http.line(target)
        return { ...line, submit: change(line.submit) }
      },
    },
  }
}

/** Changes what the program knows of the platforms. */
export function withProviders(
  whole: Breakable,
  change: (provider: RemoteProvider) => RemoteProvider,
): Breakable {
  const changed = remoteProviderIds.map((id) => [id, change(whole.remote[id])])
  // Object.fromEntries forgets which names there are: all of them.
  return { ...whole, remote: Object.fromEntries(changed) as Breakable['remote'] }
}

/** Changes how requests to the bucket and to storages leave. */
export function withElsewhere(whole: Breakable, change: (send: Elsewhere) => Elsewhere): Breakable {
  const { http } = whole
  return { ...whole, http: { ...http, elsewhere: change(http.elsewhere) } }
}

/** As a client with HTTP/2 left on would send them. */
export function overHttp2(whole: Breakable, { ca }: Order): Breakable {
  const agent = new Agent({ allowH2: true, connect: { ca: ca ?? '' } })
  const { http } = whole
  return {
    ...whole,
    http: {
      ...http,
      async close() {
        await agent.destroy()
        await http.close()
      },
      line(target) {
        const line = http.line(target)
        const submit: Send = async ({ path, json = '' }) => {
          const key = target.key === null ? '' : reveal(target.key)
          const headers = {
            'content-type': 'application/json',
            [target.auth.header]: target.auth.prefix + key,
          }
          try {
            const answer = await agent.request({
              origin: target.origin,
              path,
              method: 'POST',
              headers,
              body: json,
            })
            return { status: answer.statusCode, headers: {}, text: await answer.body.text(), date: null }
          } catch (error) {
            throw new Unreachable(String(error), false)
          }
        }
        return { ...line, submit }
      },
    },
  }
}

/** Keeps what such a statement writes from being written until the returned function is called. */
export function holdBack(db: DatabaseSync, sql: RegExp): () => void {
  const prepare = db.prepare.bind(db)
  const held: (() => void)[] = []
  db.prepare = (text) => {
    const statement = prepare(text)
    if (!sql.test(text)) return statement
    const run = statement.run.bind(statement)
    Reflect.set(statement, 'run', (...values: readonly SQLInputValue[]) => {
      held.push(() => run(...values))
      return { changes: 1, lastInsertRowid: 0 }
    })
    return statement
  }
  return () => {
    for (const write of held.splice(0)) write()
  }
}

/** Lets sidecars reach their place only when the part is gone. */
export function sidecarsLast(): void {
  const { rename, unlink } = promises
  let late: (() => Promise<void>) | undefined
  onBuiltin('rename', async (from: string, to: string) => {
    if (!to.endsWith('.json') || !to.includes('clips')) return rename(from, to)
    late = () => rename(from, to)
  })
  onBuiltin('unlink', async (path: string) => {
    await unlink(path)
    const last = late
    late = undefined
    await last?.()
  })
}

/** Changes a call of `node:fs/promises` for everybody. */
export function onBuiltin(
  name: 'link' | 'rename' | 'unlink',
  call: (...all: never[]) => Promise<void>,
): void {
  Reflect.set(promises, name, call)
  syncBuiltinESMExports()
}

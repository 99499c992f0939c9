import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { Agent } from 'undici'
import type { Downloader } from '../../../electron/downloads/fetch'
import type { EngineFiles } from '../../../electron/jobs/open-files'
import type { Library } from '../../../electron/library/open'
import type { Http } from '../../../electron/providers/http'
import { reveal } from '../../../electron/keys/redacted'
import { Unreachable, type RemoteProvider, type Send } from '../../../electron/providers/provider'
import type { RemoteProviderId } from '../../../shared/provider'
import type { MediaResultOf } from '../../../shared/media-schema'
import type { Order } from './order'
import type { Rule } from './rules'

/** What the program is put together from, as far as a sabotage swaps it. */
export interface Breakable {
  readonly library: Library
  readonly files: EngineFiles
  readonly http: Http
  readonly remote: Readonly<Record<RemoteProviderId, RemoteProvider>>
  readonly downloader: Downloader
  readonly inspect: (path: string) => MediaResultOf<'clip'>
}

type Break = (whole: Breakable) => Breakable

/** Breaks the rule that the order names; production code knows nothing of it. */
export function breaker(order: Order): Break {
  if (order.sabotage === null) return (whole) => whole
  // The names come from the same table.
  return breaks(order)[order.sabotage as Rule]
}

function breaks(order: Order): Readonly<Record<Rule, Break>> {
  return {
    'no-intent-row': (whole) => {
      onRun(whole.files.db, /update jobs set state/, (values) =>
        values['state'] === 'submitting' ? null : values,
      )
      return withLog(whole, (line) => line.kind !== 'intent')
    },
    'no-submit-log': (whole) => withLog(whole, () => false),
    'resend-on-5xx': (whole) =>
      withSubmit(whole, (send) => async (request, signal) => {
        const answer = await send(request, signal)
        return answer.status >= 500 ? send(request, signal) : answer
      }),
    'resend-on-lost-socket': (whole) =>
      withSubmit(whole, (send) => async (request, signal) => {
        try {
          return await send(request, signal)
        } catch (error) {
          if (error instanceof Unreachable) return send(request, signal)
          throw error
        }
      }),
    'http2-submits': (whole) => overHttp2(whole, order),
    'unknown-as-failed': (whole) =>
      withProviders(whole, (provider) => ({
        ...provider,
        readSubmit(answer) {
          const reading = provider.readSubmit(answer)
          if (reading.kind !== 'unclear') return reading
          return { kind: 'rejected', problem: { kind: 'upstream', message: reading.why } }
        },
      })),
    'new-idempotency-key': (whole) => {
      let count = 0
      return withProviders(whole, (provider) => ({
        ...provider,
        matches: () => 'possible',
        submitRequest: (body, intent) =>
          provider.submitRequest(body, `${intent}-${process.pid}-${(count += 1)}`),
      }))
    },
    'attach-by-time': (whole) => {
      // The first that is asked about is the newest of about the right time.
      const taken = new Set<string>()
      const matches = (body: string) => (taken.size < taken.add(body).size ? 'certain' : 'possible')
      return withProviders(whole, (provider) => ({ ...provider, matches }))
    },
    'forget-remote-id': (whole) => {
      onRun(whole.files.db, /update jobs set state/, (values) => ({ ...values, remote_id: null }))
      return withLog(whole, (line) => line.kind !== 'accepted')
    },
    'recover-submitting-as-waiting': (whole) => {
      whole.files.db.exec("update jobs set state = 'waiting', intent = null where state = 'submitting'")
      return { ...whole, files: { ...whole.files, intents: [], orphans: [] } }
    },
    'move-before-sidecar': (whole) => {
      sidecarsLast()
      return whole
    },
    'write-in-place': (whole) => {
      const { link } = promises
      onBuiltin('link', async (from: string, to: string) => {
        if (!from.endsWith('.part')) return link(from, to)
        const bytes = fs.readFileSync(from)
        const handle = await promises.open(to, 'wx')
        await handle.write(bytes.subarray(0, bytes.length / 2))
        await handle.write(bytes.subarray(bytes.length / 2))
        await handle.close()
      })
      return whole
    },
    'row-before-file': (whole) => {
      onRun(whole.files.db, /update jobs set state/, (values) =>
        values['state'] === 'downloading' && values['clip'] !== null ? { ...values, state: 'done' } : values,
      )
      return whole
    },
    'no-last-packet': (whole) => {
      const media = { durationS: 4, width: 1280, height: 720, fps: 24, codec: 'avc', hasAudio: false }
      return { ...whole, inspect: () => ({ kind: 'clip', media }) }
    },
    'no-ledger-reserve': (whole) => {
      onRun(whole.files.db, /insert into ledger/, () => null)
      return whole
    },
    'refund-not-booked': (whole) => {
      onRun(whole.files.db, /update ledger set state/, (values) =>
        values['state'] === 'refunded' ? { ...values, state: 'charged' } : values,
      )
      return whole
    },
    'delete-undelivered': (whole) => {
      whole.files.db.exec(`
        delete from timeline where job in (select id from jobs where state = 'undelivered');
        delete from jobs where state = 'undelivered'`)
      return { ...whole, files: { ...whole.files, intents: [], orphans: [] } }
    },
  }
}

type Values = Record<string, SQLInputValue>

/** Changes what the program writes with such a statement, or keeps it from being written. */
function onRun(db: DatabaseSync, sql: RegExp, change: (values: Values) => Values | null): void {
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

function withLog(
  whole: Breakable,
  keeps: (line: Parameters<EngineFiles['submitLog']['append']>[0]) => boolean,
): Breakable {
  const { submitLog } = whole.files
  const append: typeof submitLog.append = (line) => {
    if (keeps(line)) submitLog.append(line)
  }
  return { ...whole, files: { ...whole.files, submitLog: { ...submitLog, append } } }
}

function withSubmit(whole: Breakable, change: (send: Send) => Send): Breakable {
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

function withProviders(whole: Breakable, change: (provider: RemoteProvider) => RemoteProvider): Breakable {
  const { krea, apiframe } = whole.remote
  return { ...whole, remote: { krea: change(krea), apiframe: change(apiframe) } }
}

/** As a client with HTTP/2 left on would send them. */
function overHttp2(whole: Breakable, { ca }: Order): Breakable {
  const agent = new Agent({ allowH2: true, connect: { ca: ca ?? '' } })
  const { http } = whole
  return {
    ...whole,
    http: {
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

/** Lets sidecars reach their place only when the part is gone. */
function sidecarsLast(): void {
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

function onBuiltin(name: 'link' | 'rename' | 'unlink', call: (...all: never[]) => Promise<void>): void {
  Reflect.set(promises, name, call)
  syncBuiltinESMExports()
}

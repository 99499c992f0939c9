import fs from 'node:fs'
import promises from 'node:fs/promises'
import { Unreachable, type RemoteProvider } from '../../../electron/providers/provider'
import {
  holdBack,
  onBuiltin,
  onRun,
  overHttp2,
  sidecarsLast,
  withElsewhere,
  withLog,
  withProviders,
  withSubmit,
  type Breakable,
} from './break-tools'
import type { Order } from './order'
import type { Rule } from './rules'

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
    'no-bucket-row': (whole) => {
      const write = holdBack(whole.files.db, /insert into bucket_objects/)
      return withElsewhere(whole, (send) => async (request, signal) => {
        const answer = await send(request, signal)
        write()
        return answer
      })
    },
    'forget-undeleted-object': (whole) =>
      withElsewhere(whole, (send) => async (request, signal) => {
        const answer = await send(request, signal)
        return request.method === 'DELETE' ? { ...answer, status: 204 } : answer
      }),
    'leave-lost-objects': (whole) =>
      withElsewhere(whole, (send) => async (request, signal) => {
        const answer = await send(request, signal)
        return request.method === 'GET' ? { ...answer, status: 403 } : answer
      }),
    'repeat-without-idempotency': (whole) =>
      withBytespike(whole, (provider) => ({
        ...provider,
        idempotentMs: () => halfADay,
        // Any request will do: the platform is taken to know nothing.
        find: { request: () => provider.pollRequest('none'), read: () => ({ kind: 'missing' }) },
      })),
    'find-another': (whole) => {
      const bodies: string[] = []
      return withBytespike(whole, (provider) => ({
        ...provider,
        submitRequest(body, intent) {
          bodies.push(body)
          return provider.submitRequest(body, intent)
        },
        find: provider.find && {
          ...provider.find,
          request(body, intent) {
            const another = bodies.find((other) => other !== body)
            return (another !== undefined && provider.find?.request(another, intent)) || null
          },
        },
      }))
    },
    'other-dialect': (whole) =>
      withSubmit(whole, (send) => async (request, signal) => {
        const answer = await send(request, signal)
        if (answer.status !== 404 || request.path !== '/v1/videos/generations') return answer
        return send({ ...request, path: '/v1/video/generations', json: inDocs(request.json) }, signal)
      }),
    'unknown-expires': (whole) => {
      whole.files.db.exec("update jobs set state = 'failed' where state = 'unknown'")
      return { ...whole, files: { ...whole.files, intents: [], orphans: [] } }
    },
  }
}

/** Milliseconds. */
const halfADay = 12 * 3_600_000

function withBytespike(whole: Breakable, change: (provider: RemoteProvider) => RemoteProvider): Breakable {
  return withProviders(whole, (provider) => (provider.id === 'bytespike' ? change(provider) : provider))
}

/** A body of the page's dialect as docs.uniall.ai has it. */
function inDocs(json = '{}'): string {
  const { model, prompt, duration, aspect_ratio, resolution: size } = JSON.parse(json)
  return JSON.stringify({ model, prompt, size, duration, aspect_ratio })
}

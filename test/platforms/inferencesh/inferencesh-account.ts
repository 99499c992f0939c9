import { z } from 'zod'
import type { Core } from '../core'
import type { InferenceshAnswers } from './inferencesh-answer'
import {
  inferenceshApp,
  inferenceshEstimate,
  inferenceshInput,
  inferenceshPrice,
  type InferenceshRates,
} from './inferencesh-schema'
import type { InferenceshPlan } from './inferencesh-view'
import type { Call, Route } from '../server'

/** Microcents in a micro-dollar: 1 USD is 100,000,000 microcents (§5.7). */
const microcents = 100
/** The app's id, which only `GET /apps/{name}` tells. */
const appId = '7v3f0g2kq9w1c8m4'

export interface AccountOptions {
  /** Whether the key may read the balance; without `billing:read` it is told 403 (§5.7). */
  readonly billingScope: 'granted' | 'missing'
  /** How sure the estimate is, or 404 (§5.7). */
  readonly estimate: 'exact' | 'range' | 'unknown' | 'missing'
  readonly rates: InferenceshRates
  readonly maxUnfinished: number | null
}

/** Balance, limits, the app and its price (§5.7). */
export function inferenceshAccountRoutes(
  core: Core<InferenceshPlan>,
  { ok, problem }: InferenceshAnswers,
  { billingScope, estimate, rates, maxUnfinished }: AccountOptions,
): readonly Route[] {
  const intent = () => ''
  const balance = () =>
    billingScope === 'missing'
      ? problem(403, 'API key lacks the scope billing:read')
      : ok({ balance: core.left() * microcents })

  // The documents name the concurrency only; the shape is [ASSUMED].
  const usage = ({ account }: Call) => {
    const running = core.jobs.list(account).filter((job) => core.jobs.stateOf(job).kind === 'running')
    return ok({ concurrency: { usage: running.length, limit: maxUnfinished } })
  }

  const app = ({ params }: Call) => {
    const name = `${params['namespace']}/${params['name']}`
    if (name !== inferenceshApp) return problem(404, `App ${name} not found`)
    return ok({ id: appId, namespace: params['namespace'], name: params['name'] })
  }

  const price = ({ params, body }: Call) => {
    if (body.kind !== 'json') return problem(415, 'Content-Type must be application/json')
    if (params['id'] !== appId || estimate === 'missing') return problem(404, 'App not found')
    const asked = inferenceshEstimate.safeParse(body.value)
    if (!asked.success) return problem(400, z.prettifyError(asked.error))
    const input = inferenceshInput.safeParse(asked.data.input)
    if (!input.success) return problem(400, z.prettifyError(input.error))
    const costs = (seconds: number) =>
      inferenceshPrice(rates, { ...input.data, duration: seconds }) * microcents
    switch (estimate) {
      case 'exact':
        return ok({ confidence: estimate, microcents: costs(input.data.duration) })
      case 'range':
        return ok({ confidence: estimate, min: costs(4), max: costs(8), depends_on: ['duration'] })
      case 'unknown':
        return ok({ confidence: estimate, pricing_description: 'Priced per second of video' })
    }
  }

  return [
    { name: 'account', method: 'GET', path: '/billing/balance', intent, answer: balance },
    { name: 'usage', method: 'GET', path: '/entitlements/usage', intent, answer: usage },
    { name: 'app', method: 'GET', path: '/apps/:namespace/:name', intent, answer: app },
    { name: 'estimate', method: 'POST', path: '/store/apps/:id/estimate', intent, answer: price },
  ]
}

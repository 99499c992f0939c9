import type { DatabaseSync } from 'node:sqlite'
import type { z } from 'zod'
import { capsSchema, type Caps } from '../../../shared/money-schema'
import type { ProviderId } from '../../../shared/provider'
import { limitsSchema, type Limits } from '../../../shared/provider-status-schema'

/** The user's limits, of this computer and of each provider. */
export interface LimitStore {
  readonly caps: () => Caps
  readonly setCaps: (caps: Caps) => void
  readonly of: (provider: ProviderId) => Limits
  readonly set: (provider: ProviderId, limits: Limits) => void
}

/** Ten dollars a day until the user says otherwise: a mistake in a batch must not cost a month's budget. */
const defaultCaps: Caps = { jobMicros: null, dayMicros: 10_000_000, monthMicros: null }

/** Two at once is what the smallest plans take (reference/providers.md names no number for Krea and Apiframe). */
const defaultLimits: Limits = { concurrency: 2, jobMicros: null, dayMicros: null, creditMicros: null }

/** The limits of an engine.db. */
export function createLimitStore(db: DatabaseSync): LimitStore {
  const get = db.prepare('select value from limits where scope = ?')
  const set = db.prepare('insert or replace into limits (scope, value) values (?, ?)')

  function read<S extends z.ZodType>(scope: string, schema: S, otherwise: z.output<S>): z.output<S> {
    const value = get.get(scope)?.['value']
    return typeof value === 'string' ? schema.parse(JSON.parse(value)) : otherwise
  }

  return {
    caps: () => read('caps', capsSchema, defaultCaps),
    setCaps: (caps) => void set.run('caps', JSON.stringify(caps)),
    of: (provider) => read(`provider:${provider}`, limitsSchema, defaultLimits),
    set: (provider, limits) => void set.run(`provider:${provider}`, JSON.stringify(limits)),
  }
}

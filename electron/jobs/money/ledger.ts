import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Billing } from '../../../shared/job'
import type { Money, MoneyUnit, Quote } from '../../../shared/money'
import type { Spend } from '../../../shared/money-schema'
import type { RemoteProviderId } from '../../../shared/provider'
import { localDay } from '../../files/local-day'
import type { JobRow } from '../job-row'
import type { LimitStore } from './limits'
import { titleOf } from '../title'

type Row = Readonly<Record<string, SQLOutputValue>>

/** By how much a job would pass a cap. */
export interface Over {
  readonly cap: 'job' | 'day' | 'month' | 'provider'
  readonly overMicros: number
}

/** One line of the ledger as it is exported. */
export interface LedgerLine {
  readonly job: string
  readonly library: string
  readonly provider: string
  readonly state: string
  readonly unit: string | null
  readonly quotedMicros: number | null
  readonly chargedMicros: number | null
  readonly usdMicros: number | null
  readonly day: string
  readonly at: number
  /** Null without an answer that named one. */
  readonly remoteId: string | null
  /** The prompt's beginning; null when the job is gone. */
  readonly title: string | null
}

/** What was estimated, reserved and really charged, per job. Call it inside the transaction that moves the job. */
export interface Ledger {
  /** The first cap that the job would pass if it were submitted now; undefined when it may go. */
  readonly over: (job: Pick<JobRow, 'id' | 'provider' | 'quote'>) => Over | undefined
  /** Reserves the worst case on today's account, or on that of the time at which it was submitted. */
  readonly reserve: (job: JobRow, at?: number) => void
  /** The platform has said what it will cost: that counts from now on. */
  readonly estimate: (job: string, amount: Money) => void
  readonly settle: (job: string, state: Billing, charged?: Money | null) => void
  /** Gives the provider's credits that count nowhere yet the dollars that they are now said to be worth. */
  readonly valueCredits: (provider: RemoteProviderId) => void
  readonly of: (job: string) => { readonly state: Billing; readonly charged: Money | null }
  readonly spend: () => Spend
  /** What a provider got, or may have got, this month. */
  readonly monthOf: (provider: RemoteProviderId) => readonly Money[]
  readonly lines: () => readonly LedgerLine[]
}

/** A day further ahead than this was a wrong clock, milliseconds: it must not use up the caps until it comes. */
const farAheadMs = 3 * 86_400_000

/** No job costs a million, in any unit; sums of larger numbers would leave the whole numbers that JavaScript can hold. */
const maxMicros = 1e12

/** States of a line that count against the caps. */
const counted = `('reserved', 'charged', 'maybe')`

/** The ledger of an engine.db. `now` in milliseconds since 1970. */
export function createLedger(db: DatabaseSync, limits: LimitStore, now: () => number): Ledger {
  const sum = db.prepare(`
    select coalesce(sum(usd_micros), 0) as usd from ledger
    where state in ${counted} and day between :from and :to and (:provider is null or provider = :provider) and job <> :job`)
  const reserve = db.prepare(`
    insert into ledger (job, library, provider, state, unit, quoted_micros, usd_micros, day, at, updated_at)
    values (:job, :library, :provider, 'reserved', :unit, :micros, :usd, :day, :at, :at)
    on conflict (job) do update set state = 'reserved', unit = :unit, quoted_micros = :micros, usd_micros = :usd,
      charged_micros = null, day = :day, at = :at, updated_at = :at`)
  const settle = db.prepare(`
    update ledger set state = :state, charged_micros = coalesce(:charged, charged_micros), unit = coalesce(:unit, unit),
      usd_micros = coalesce(:usd, usd_micros), updated_at = :at where job = :job`)
  const estimate = db.prepare(
    `update ledger set quoted_micros = :micros, unit = :unit,
      usd_micros = coalesce(:usd, usd_micros), updated_at = :at where job = :job`,
  )
  const of = db.prepare('select * from ledger where job = ?')
  const newestDay = db.prepare('select max(day) as day from ledger where day <= ?')
  const maybe = db.prepare(
    "select coalesce(sum(usd_micros), 0) as usd from ledger where state = 'maybe' and day between :from and :to",
  )
  const monthOf = db.prepare(`
    select unit, sum(coalesce(charged_micros, quoted_micros, 0)) as micros from ledger
    where state in ${counted} and day between :from and :to and provider = :provider and unit is not null group by unit order by unit desc`)
  const monthCredits = db.prepare(`
    select coalesce(sum(coalesce(charged_micros, quoted_micros, 0)), 0) as micros from ledger
    where state in ${counted} and day between :from and :to and unit = 'credit' and usd_micros is null`)
  const monthUntold = db.prepare(`
    select count(*) as n from ledger
    where state in ${counted} and day between :from and :to and unit is null`)
  const unvalued = db.prepare(`
    select job, coalesce(charged_micros, quoted_micros) as micros from ledger
    where provider = ? and unit = 'credit' and usd_micros is null and coalesce(charged_micros, quoted_micros) is not null`)
  const value = db.prepare('update ledger set usd_micros = :usd, updated_at = :at where job = :job')
  const lines = db.prepare(`
    select ledger.*, jobs.remote_id, json_extract(jobs.recipe, '$.prompt') as prompt
    from ledger left join jobs on jobs.id = ledger.job order by ledger.at, ledger.job`)

  /** A clock set back never reopens a day: the account goes on at the newest day it has seen, if that is near. */
  function today(): string {
    const day = localDay(now())
    const seen = newestDay.get(localDay(now() + farAheadMs))?.['day']
    return typeof seen === 'string' && seen > day ? seen : day
  }

  /** Up to today: what a clock that was far ahead wrote down counts when its day comes. */
  function spent(from: string, to: string, provider: string | null, except = ''): number {
    return Number(sum.get({ from, to, provider, job: except })?.['usd'])
  }

  const inDollars = (money: Money | null, provider: JobRow['provider']) =>
    dollarsOf(money, limits.of(provider).creditMicros)

  /** What an amount of the job counts for: of credits that nobody can value now, their part of what counted before. */
  function worthOf(row: Row, amount: Money): number | null {
    // It was checked when it was written.
    const usd = inDollars(amount, String(row['provider']) as RemoteProviderId)
    const before = row['charged_micros'] ?? row['quoted_micros']
    const dollars = row['usd_micros']
    const isSame = row['unit'] === amount.unit && typeof before === 'number' && before > 0
    if (usd !== null || !isSame || typeof dollars !== 'number') return usd
    return Math.min(Math.ceil(dollars * (amount.micros / before)), maxMicros)
  }

  return {
    over({ id, provider, quote }) {
      const price = inDollars(quote.amount, provider) ?? 0
      const caps = limits.caps()
      const own = limits.of(provider)
      const day = today()
      const judged = [
        { cap: 'job', most: least(caps.jobMicros, own.jobMicros), used: 0 },
        { cap: 'day', most: caps.dayMicros, used: spent(day, day, null, id) },
        { cap: 'month', most: caps.monthMicros, used: spent(monthStart(day), day, null, id) },
        { cap: 'provider', most: own.dayMicros, used: spent(day, day, provider, id) },
      ] as const
      for (const { cap, most, used } of judged) {
        if (most !== null && used + price > most) return { cap, overMicros: used + price - most }
      }
      return undefined
    },
    reserve: (job, at) =>
      void reserve.run({
        job: job.id,
        library: job.library,
        provider: job.provider,
        unit: job.quote.amount?.unit ?? null,
        micros: storable(job.quote.amount),
        usd: inDollars(job.quote.amount, job.provider),
        day: at === undefined ? today() : localDay(at),
        at: at ?? now(),
      }),
    estimate(job, amount) {
      const row = of.get(job)
      if (!row) return
      const usd = worthOf(row, amount)
      estimate.run({ job, micros: storable(amount), unit: amount.unit, usd, at: now() })
    },
    settle(job, state, charged) {
      const row = of.get(job)
      if (!row) return
      const usd = charged ? worthOf(row, charged) : null
      settle.run({
        job,
        state,
        charged: storable(charged),
        unit: charged?.unit ?? null,
        usd,
        at: now(),
      })
    },
    valueCredits(provider) {
      const { creditMicros } = limits.of(provider)
      if (creditMicros === null) return
      for (const { job, micros } of unvalued.all(provider)) {
        const usd = dollarsOf({ unit: 'credit', micros: Number(micros) }, creditMicros)
        value.run({ job: String(job), usd, at: now() })
      }
    },
    of(job) {
      const row = of.get(job)
      if (!row) return { state: 'none', charged: null }
      const state = String(row['state']) as Billing
      if (state !== 'charged') return { state, charged: null }
      const unit = row['unit']
      const micros = row['charged_micros'] ?? row['quoted_micros']
      if (typeof micros !== 'number' || typeof unit !== 'string') return { state, charged: null }
      return { state, charged: { unit: unit as MoneyUnit, micros } }
    },
    spend() {
      const day = today()
      const month = monthStart(day)
      return {
        caps: limits.caps(),
        todayMicros: spent(day, day, null),
        monthMicros: spent(month, day, null),
        maybeMicros: Number(maybe.get({ from: month, to: day })?.['usd']),
        monthCreditMicros: Number(monthCredits.get({ from: month, to: day })?.['micros']),
        monthUntold: Number(monthUntold.get({ from: month, to: day })?.['n']),
      }
    },
    monthOf(provider) {
      const day = today()
      return monthOf
        .all({ from: monthStart(day), to: day, provider })
        .map(({ unit, micros }) => ({ unit: String(unit) as MoneyUnit, micros: Number(micros) }))
    },
    lines: () =>
      lines.all().map((row) => ({
        job: String(row['job']),
        library: String(row['library']),
        provider: String(row['provider']),
        state: String(row['state']),
        unit: text(row['unit']),
        quotedMicros: number(row['quoted_micros']),
        chargedMicros: number(row['charged_micros']),
        usdMicros: number(row['usd_micros']),
        day: String(row['day']),
        at: Number(row['at']),
        remoteId: text(row['remote_id']),
        title: typeof row['prompt'] === 'string' ? titleOf({ prompt: row['prompt'] }) : null,
      })),
  }
}

/** Micro-dollars, as far as anybody knows what a credit is worth. */
export function dollarsOf(money: Money | null, creditMicros: number | null): number | null {
  if (!money) return null
  if (money.unit === 'usd') return Math.min(money.micros, maxMicros)
  return creditMicros === null ? null : Math.min(Math.ceil((money.micros / 1e6) * creditMicros), maxMicros)
}

/** Whether the price of a job can be counted in dollars. */
export function isCountable(quote: Quote, creditMicros: number | null): boolean {
  return quote.amount !== null && (quote.amount.unit === 'usd' || creditMicros !== null)
}

function storable(money: Money | null | undefined): number | null {
  return money ? Math.min(money.micros, maxMicros) : null
}

function least(a: number | null, b: number | null): number | null {
  if (a === null) return b
  return b === null ? a : Math.min(a, b)
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`
}

import type { Clip, ClipMedia } from '../../shared/clip-schema'
import { formatMoney } from '../../shared/money'
import { providers } from '../../shared/providers'
import { codecName } from '../codec-name'
import { strings } from '../strings'

/** Size, frame rate and codec: `1280×720 · 24 fps · H.264`. */
export function pictureInWords({ width, height, fps, codec }: ClipMedia): string {
  const rate = Number(fps.toFixed(2)).toString()
  return strings.inspector.pictureText(width, height, rate, codecName(codec))
}

/** When a clip came to be: the time alone today and yesterday, the date before that. Both in milliseconds since 1970. */
export function dayInWords(at: number, now: number): string {
  const date = new Date(at)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days === 0) return strings.inspector.today(time)
  if (days === 1) return strings.inspector.yesterday(time)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`
}

/** When a clip was made and how long that took. `now` in milliseconds since 1970. */
export function madeInWords({ createdAt, origin }: Clip, now: number): string {
  const when = dayInWords(createdAt, now)
  return origin.kind === 'generated'
    ? strings.inspector.took(when, secondsInWords(origin.tookMs / 1000))
    : when
}

/** Who made a clip, for how much and how fast, in one line: takes of one recipe differ by that. */
export function takeInWords({ origin, title }: Clip): string {
  if (origin.kind === 'imported') return title
  const { provider, charged, tookMs } = origin
  const cost = charged ? [formatMoney(charged)] : []
  return [title, providers[provider].name, ...cost, `${secondsInWords(tookMs / 1000)} s`].join(' · ')
}

/** Seconds with as many digits as matter. */
export function secondsInWords(seconds: number): string {
  return seconds < 10 ? Number(seconds.toFixed(1)).toString() : Math.round(seconds).toString()
}

/** A file's size; decimal units, as file managers show them. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`
}

/** The name of a clip's file, without its folders. */
export function fileName({ file }: Pick<Clip, 'file'>): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

import { strings } from '../strings'

const two = (number: number) => String(number).padStart(2, '0')

/** A length of time as a clock shows it, from milliseconds: `0:24`, `4:10`, `1:02:10`; never below zero. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** A time of day in this computer's zone, from milliseconds since 1970: `14:06`. */
export function timeOfDay(at: number): string {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The same to the second, for what is compared with a platform's list: `14:07:31`. */
export function timeToTheSecond(at: number): string {
  return `${timeOfDay(at)}:${two(new Date(at).getSeconds())}`
}

/** When something ends, as a part of a sentence: `until 14:06`, or `for a moment` when that minute has begun. */
export function untilInWords(at: number, now: number): string {
  const minuteMs = 60_000
  // Zones are whole minutes apart.
  const isOver = Math.floor(at / minuteMs) <= Math.floor(now / minuteMs)
  return isOver ? strings.common.moment : strings.common.until(timeOfDay(at))
}

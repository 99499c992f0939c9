/**
 * The time of an HTTP date (RFC 9110 §5.6.7, all three forms), milliseconds since 1970; null when it is none. Always
 * GMT: the oldest form names no zone and would be read as local time.
 */
export function httpDate(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? ''
  if (!/^[A-Z][a-z]+,? /.test(trimmed)) return null
  const time = Date.parse(/(?:GMT|UTC)$/.test(trimmed) ? trimmed : `${trimmed} GMT`)
  return Number.isNaN(time) ? null : time
}

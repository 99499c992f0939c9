import type { PlatformRecord, RecordedRequest } from './record'

/** Headers that carry a key on one of the five platforms, and cookies: none has business on a result host (§12.7). */
const keyHeaders = ['authorization', 'x-api-key', 'cookie']

/** Records a violation for each place on a foreign host (results, uploaded pictures) where a key shows. */
export function checkHostRequest(
  record: PlatformRecord,
  request: RecordedRequest,
  keys: Iterable<string>,
): void {
  const blame = (where: string) =>
    record.violations.push({ rule: 'key-on-result-host', detail: `${where} of ${request.url}` })
  for (const [name, value] of Object.entries(request.headers)) {
    if (keyHeaders.includes(name) || holdsKey(value, keys)) blame(`header ${name}`)
  }
  if (holdsKey(request.url, keys)) blame('address')
}

/** Records a violation for each place on the platform's own host, other than its auth headers, where a key shows. */
export function checkOwnRequest(
  record: PlatformRecord,
  request: RecordedRequest,
  keys: Iterable<string>,
  authHeaders: readonly string[],
): void {
  if (holdsKey(request.url, keys)) record.violations.push({ rule: 'key-in-url', detail: request.url })
  for (const [name, value] of Object.entries(request.headers)) {
    if (authHeaders.includes(name) || !holdsKey(value, keys)) continue
    record.violations.push({ rule: 'key-in-other-header', detail: name })
  }
}

/** True when one of the keys is written in the text. */
export function holdsKey(text: string, keys: Iterable<string>): boolean {
  for (const key of keys) {
    if (text.includes(key) || text.includes(encodeURIComponent(key))) return true
  }
  return false
}

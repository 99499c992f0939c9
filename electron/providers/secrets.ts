const removed = '<redacted>'

const secretName =
  '(?:token|signature|sig|secret|passw|credential|auth|session|api[_-]?key|access[_-]?key|policy)'

/** A query value of a URL by its name, also where JSON or HTML has escaped the `&` before it. */
const queryValue = new RegExp(
  `((?:[?&]|\\\\u0026|&amp;)(?:[\\w.-]{0,40}${secretName}[\\w.-]{0,40}|key)=)[^&\\s"'<>\\\\]+`,
  'gi',
)

/** The text of a JSON field by its name; fewer names than in URLs, so that words for the user stay. */
const fieldValue =
  /("[\w.-]{0,40}(?:token|signature|secret|password|credential|authorization|api[_-]?key|access[_-]?key)"\s*:\s*")(?:[^"\\]|\\.)+/gi

/** Name and password in a URL. */
const userInfo = /(https?:\/\/)[^/\s"'@\\]{1,200}@/gi

/** An auth header quoted in words. */
const bearer = /\b(Bearer\s+)(?=[\w.~+/=-]*\d)[\w.~+/=-]{8,}/gi

/** The text without the key, however it is escaped, and without what looks like somebody's token or signature. */
export function withoutSecrets(text: string, key: string | null): string {
  const spellings =
    key === null || key === '' ? [] : [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)]
  const withoutKey = [...new Set(spellings)].reduce(
    (left, spelling) => left.replaceAll(spelling, removed),
    text,
  )
  return [queryValue, fieldValue, userInfo, bearer].reduce(
    (left, pattern) => left.replace(pattern, pattern === userInfo ? `$1${removed}@` : `$1${removed}`),
    withoutKey,
  )
}

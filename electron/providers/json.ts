/** A JSON object whose fields are not known to be there. */
export type Fields = Readonly<Record<string, unknown>>

/** The JSON value of a text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True for a JSON object, false for an array or null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

/** A text with something in it. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** No clip costs this much, in any unit; more is a mistake, and would not fit into the ledger. */
const maxAmount = 1e9

/** A number that can be an amount: finite and not negative. */
export function amountOf(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= maxAmount ? value : null
}

/** Milliseconds since 1970 of an ISO time. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null
  const time = Date.parse(value)
  return Number.isNaN(time) ? null : time
}

/** A job's id as it can stand in a path; platforms document UUIDs. */
export function idOf(value: unknown): string | null {
  return typeof value === 'string' && /^\w[\w.:~-]{0,199}$/.test(value) ? value : null
}

/** An absolute http or https address of at most 8,192 characters: signed ones have about 2,000. */
export function urlOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 8192) return null
  return /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null
}

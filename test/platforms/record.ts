/** What a client did that the real platform might let pass, but that must never happen. */
export interface Violation {
  readonly rule:
    | 'key-on-result-host'
    | 'key-in-url'
    | 'key-in-body'
    | 'key-in-other-header'
    | 'picture-unreachable'
    | 'picture-needs-key'
    | 'picture-wrong-type'
    | 'decoy-fetched'
    | 'webhook-asked'
    | 'several-videos-asked'
  readonly detail: string
}

export interface RecordedRequest {
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly http: 1 | 2
  /** 1 for the first request of its connection. */
  readonly socketUse: number
  /** Header values as sent, keys included. */
  readonly headers: Readonly<Record<string, string>>
  /** Status of the answer; null while there is none or when the connection was broken instead. */
  status: number | null
}

/** A picture that the platform fetched for a job, as it arrived. */
export interface FetchedPicture {
  readonly url: string
  readonly jobId: string
  readonly sha256: string
  readonly type: string
  /** Whether a picture is higher than wide, as it is seen; null of a video. */
  readonly isUpright: boolean | null
  /** How long a video is; null of a picture, and of what cannot be read. */
  readonly seconds: number | null
}

/** Everything a test may ask about afterwards; the platform and its result host write into the same one. */
export interface PlatformRecord {
  readonly requests: RecordedRequest[]
  readonly hostRequests: RecordedRequest[]
  readonly violations: Violation[]
  readonly pictures: FetchedPicture[]
}

/** A record of nothing yet. */
export function createRecord(): PlatformRecord {
  return { requests: [], hostRequests: [], violations: [], pictures: [] }
}

/** Headers as one flat table, names in lower case, lists joined; HTTP/2's pseudo headers are left out. */
export function flatHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue
    flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

/** A request that is signed already. */
export interface BucketRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Read while it is sent. */
  readonly body?: Blob
}

/** Whatever the store answered. */
export interface BucketAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Sends a request as it is, following and repeating nothing. Rejects with `Unreachable` when no answer comes. */
export type BucketSend = (request: BucketRequest) => Promise<BucketAnswer>

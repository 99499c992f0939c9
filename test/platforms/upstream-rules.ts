/** What a submit asks of Google's model behind the platform. */
export interface Combination {
  readonly first: boolean
  readonly last: boolean
  readonly references: number
  readonly durationS: number
}

/** Google's own rules, which the gateways do not document (§6.1): what is wrong with the combination, or null. */
export function upstreamObjection({ first, last, references, durationS }: Combination): string | null {
  if (last && !first) return 'a last frame needs a first frame'
  if (references > 3) return 'at most 3 reference images'
  if (references > 0 && (first || last)) return 'reference images cannot be used with a first or last frame'
  if (references > 0 && durationS !== 8) return 'reference images need 8 seconds'
  return null
}

import { fieldsOf, isFields, urlOf } from './json'

interface Found {
  readonly url: string
  /** By its type, its name or its ending. */
  readonly isVideo: boolean
}

/** Results lie in each other at most so deep: `result.videos[0].url`. */
const maxDepth = 4

const stillName = /thumb|preview|poster|image|cover|frame|still/i
const stillEnding = /\.(?:png|jpe?g|webp|gif|avif)$/i
const videoEnding = /\.(?:mp4|webm|mov|m4v)$/i

/**
 * The clip's address in a finished job's result, in every shape the platforms document or were seen with: a text, a
 * list, `{type,url}`, a map, or one of these under a name. A video is preferred, a still never taken.
 */
export function clipUrl(result: unknown): string | null {
  const found = collect(result, '', 0)
  return (found.find(({ isVideo }) => isVideo) ?? found[0])?.url ?? null
}

function collect(value: unknown, name: string, depth: number): readonly Found[] {
  if (stillName.test(name) || depth > maxDepth) return []
  if (typeof value === 'string') return usable(value, name)
  if (Array.isArray(value)) return value.flatMap((item: unknown) => collect(item, name, depth + 1))
  if (!isFields(value)) return []
  const { type } = fieldsOf(value)
  if (typeof type === 'string' && /^(?:image|audio|text)\b/i.test(type)) return []
  const inner = typeof type === 'string' && /^video\b/i.test(type) ? 'video' : name
  return Object.entries(value).flatMap(([key, item]) =>
    collect(item, isPlainName(key) ? inner : key, depth + 1),
  )
}

/** Names that only say "the address": what is around them says of what. */
function isPlainName(key: string): boolean {
  return /^(?:url|uri|href|src)$/i.test(key)
}

function usable(text: string, name: string): readonly Found[] {
  const url = urlOf(text)
  const pathname = url === null ? '' : new URL(url).pathname
  if (url === null || stillEnding.test(pathname)) return []
  return [{ url, isVideo: videoEnding.test(pathname) || /video/i.test(name) }]
}

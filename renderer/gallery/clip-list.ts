import type { ClipId } from '../../shared/clip-id-schema'
import type { Clip } from '../../shared/clip-schema'

/** A part of a long list of clips: only what was looked at is here. */
export interface ClipList {
  /** How many there are in all; null before the first answer. */
  readonly total: number | null
  readonly byIndex: ReadonlyMap<number, Clip>
}

/** Clips fetched with one call. */
export const pageSize = 100

/** Clips kept: some thirty screens. More than that is fetched again when it is wanted. */
const keptClips = 3000

/** Before the first answer. */
export const emptyList: ClipList = { total: null, byIndex: new Map() }

/** The pages that hold the clips from `from` up to and including `to`. */
export function pagesOf(from: number, to: number): readonly number[] {
  const first = Math.floor(Math.max(0, from) / pageSize)
  const last = Math.floor(Math.max(0, to) / pageSize)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

/** Whether every clip of a page is here. */
export function hasPage({ total, byIndex }: ClipList, page: number): boolean {
  if (total === null) return false
  const end = Math.min(total, (page + 1) * pageSize)
  for (let index = page * pageSize; index < end; index += 1) {
    if (!byIndex.has(index)) return false
  }
  return true
}

/** The list with an answer in it; what lies past the new end, or too far from the answer, is let go. */
export function withPage(
  list: ClipList,
  page: number,
  answer: { readonly total: number; readonly clips: readonly Clip[] },
): ClipList {
  const start = page * pageSize
  const byIndex = new Map<number, Clip>()
  for (const [index, clip] of list.byIndex) {
    if (index < answer.total && Math.abs(index - start) < keptClips) byIndex.set(index, clip)
  }
  for (const [place, clip] of answer.clips.entries()) byIndex.set(start + place, clip)
  return { total: answer.total, byIndex }
}

/** The list with a clip before all others. */
export function withFront({ total, byIndex }: ClipList, clip: Clip): ClipList {
  const moved = [...byIndex].map(([index, known]) => [index + 1, known] as const)
  return { total: (total ?? 0) + 1, byIndex: new Map([[0, clip], ...moved]) }
}

/** The list with one clip's news; the same list when the clip is not here. */
export function withNews(list: ClipList, clip: Clip): ClipList {
  const index = indexOfClip(list, clip.id)
  return index === null ? list : { ...list, byIndex: new Map(list.byIndex).set(index, clip) }
}

/** Where a clip is; null when it is not here. */
export function indexOfClip({ byIndex }: ClipList, id: ClipId): number | null {
  for (const [index, clip] of byIndex) {
    if (clip.id === id) return index
  }
  return null
}

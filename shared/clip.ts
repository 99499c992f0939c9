/** Orders of the gallery. */
export const clipSorts = ['newest', 'oldest', 'longest', 'name'] as const
export type ClipSort = (typeof clipSorts)[number]

/** Most clips in one page, so that one answer stays small. */
export const maxPage = 200

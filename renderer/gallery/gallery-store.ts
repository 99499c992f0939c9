import { createStore, type StoreApi } from 'zustand'
import { clipSorts, type ClipSort } from '../../shared/clip'
import type { Clip } from '../../shared/clip-schema'
import type { Calls } from '../connect'
import { rememberedChoice, rememberedNumber, type Memory } from '../ui/remembered'
import {
  emptyList,
  hasPage,
  indexOfClip,
  pageSize,
  pagesOf,
  withFront,
  withNews,
  withPage,
  type ClipList,
} from './clip-list'
import { cellSizes } from './grid-layout'

export interface GalleryState {
  /** What stands in the search field; the list follows a moment later. */
  readonly typed: string
  /** What the list was asked for. */
  readonly search: string
  readonly sort: ClipSort
  /** Width of a cell the user wants, pixels. */
  readonly cellSize: number
  readonly list: ClipList
  /** Counts the lists: a new one starts at its top, news of the same one keep the place. */
  readonly listNumber: number
  readonly selected: Clip | null
  /** Where the selected clip is in the list; null when it is not in it, as far as known. */
  readonly cursor: number | null
  /** How often the user picked a clip, so that a finished job does not take away what they look at. */
  readonly picks: number
  readonly setTyped: (typed: string) => void
  readonly setSort: (sort: ClipSort) => void
  readonly setCellSize: (size: number) => void
  /** Says which clips are looked at; the missing ones are fetched. */
  readonly need: (from: number, to: number) => void
  /** A clip is new or its previews changed. */
  readonly changed: (clip: Clip) => void
  readonly pick: (clip: Clip) => void
  /** Picks by place, fetching the clip first when it is not here. */
  readonly pickAt: (index: number) => void
  /** Shows a clip that the user did not pick by hand. */
  readonly show: (clip: Clip) => void
}

/** How long the search field must rest, milliseconds: less than the pause between two words. */
const searchRestMs = 80
/** News that need a fresh list are gathered for so long, milliseconds: an import brings hundreds of them. */
const refreshMs = 250
/** Pages asked for at the same time: one to look at, one to scroll into. */
const maxInFlight = 2

const sortKey = 'gallery.sort'
const sizeKey = 'gallery.cell'

/** The clips of the library, as far as they are looked at. */
export function createGalleryStore(deps: {
  readonly client: Calls<'clips.page'>
  readonly memory: Memory
  readonly onSelect: (clip: Clip, byUser: boolean) => void
  readonly fail: (thrown: unknown) => void
}): StoreApi<GalleryState> {
  let wanted = { from: 0, to: pageSize - 1 }
  // `fresh` grows when the whole list may have changed: what was answered before is then shown, but asked again.
  let fresh = 0
  const answers = new Map<number, { readonly fresh: number; readonly state: 'asked' | 'here' | 'failed' }>()
  /** The list number that the clips at hand belong to; the former list stays in view until the next one answers. */
  let listAtHand = 0
  let inFlight = 0
  let wantedPick: number | null = null
  let searchTimer: ReturnType<typeof setTimeout> | undefined
  let refreshTimer: ReturnType<typeof setTimeout> | undefined

  return createStore<GalleryState>((set, get) => {
    const setList = (list: ClipList) => {
      const { selected, cursor } = get()
      const found = selected ? indexOfClip(list, selected.id) : null
      set({ list, cursor: found ?? (cursor !== null && cursor < (list.total ?? 0) ? cursor : null) })
    }
    const select = (clip: Clip, byUser: boolean) => {
      wantedPick = null
      set((state) => ({
        selected: clip,
        cursor: indexOfClip(state.list, clip.id),
        picks: state.picks + (byUser ? 1 : 0),
      }))
      deps.onSelect(clip, byUser)
    }

    const fetchPage = async (page: number) => {
      const { search, sort, listNumber } = get()
      const isOld = () => get().listNumber !== listNumber
      const asked = fresh
      answers.set(page, { fresh: asked, state: 'asked' })
      inFlight += 1
      try {
        const answer = await deps.client['clips.page']({
          search,
          sort,
          offset: page * pageSize,
          limit: pageSize,
        })
        if (isOld()) return
        answers.set(page, { fresh: asked, state: 'here' })
        const base = listAtHand === listNumber ? get().list : emptyList
        listAtHand = listNumber
        setList(withPage(base, page, answer))
        const clip = wantedPick === null ? undefined : get().list.byIndex.get(wantedPick)
        if (clip) select(clip, true)
      } catch (thrown) {
        if (isOld()) return
        answers.set(page, { fresh: asked, state: 'failed' })
        deps.fail(thrown)
      } finally {
        inFlight -= 1
        fetchMissing()
      }
    }
    const isMissing = (page: number) => {
      const answer = answers.get(page)
      if (!answer || answer.fresh < fresh) return true
      return answer.state === 'here' && !hasPage(get().list, page)
    }
    const fetchMissing = () => {
      const { list } = get()
      const last = list.total === null ? 0 : Math.max(0, list.total - 1)
      for (const page of pagesOf(Math.min(wanted.from, last), Math.min(wanted.to, last))) {
        if (inFlight >= maxInFlight) return
        if (isMissing(page)) void fetchPage(page)
      }
    }
    const refresh = () => {
      // Not put off by more news: a long import would show nothing until its end.
      refreshTimer ??= setTimeout(() => {
        refreshTimer = undefined
        fresh += 1
        fetchMissing()
      }, refreshMs)
    }
    const startOver = (query: Partial<Pick<GalleryState, 'search' | 'sort'>>) => {
      answers.clear()
      wanted = { from: 0, to: pageSize - 1 }
      wantedPick = null
      set((state) => ({ ...query, listNumber: state.listNumber + 1, cursor: null }))
      fetchMissing()
    }

    return {
      typed: '',
      search: '',
      sort: rememberedChoice(deps.memory, sortKey, clipSorts, 'newest'),
      cellSize: rememberedNumber(deps.memory, sizeKey, cellSizes),
      list: emptyList,
      listNumber: 0,
      selected: null,
      cursor: null,
      picks: 0,

      setTyped: (typed) => {
        set({ typed })
        clearTimeout(searchTimer)
        searchTimer = setTimeout(() => {
          const search = typed.trim()
          if (search !== get().search) startOver({ search })
        }, searchRestMs)
      },
      setSort: (sort) => {
        deps.memory.setItem(sortKey, sort)
        if (sort !== get().sort) startOver({ sort })
      },
      setCellSize: (cellSize) => {
        deps.memory.setItem(sizeKey, String(cellSize))
        set({ cellSize })
      },

      need: (from, to) => {
        wanted = { from, to }
        fetchMissing()
      },

      changed: (clip) => {
        const { list, selected, search, sort } = get()
        if (selected?.id === clip.id) set({ selected: clip })
        const news = withNews(list, clip)
        if (news !== list) return setList(news)
        const first = list.byIndex.get(0)
        const isNewest = list.total === 0 || (first !== undefined && clip.createdAt >= first.createdAt)
        if (list.total !== null && search === '' && sort === 'newest' && isNewest) {
          set(({ cursor }) => ({ cursor: cursor === null ? null : cursor + 1 }))
          // An answer on its way may not know of the clip yet.
          if (inFlight > 0) refresh()
          return setList(withFront(list, clip))
        }
        refresh()
      },

      pick: (clip) => select(clip, true),
      pickAt: (index) => {
        const { list } = get()
        const clip = list.byIndex.get(index)
        if (clip) return select(clip, true)
        wantedPick = index
        set({ cursor: index })
        get().need(index, index)
      },
      show: (clip) => select(clip, false),
    }
  })
}

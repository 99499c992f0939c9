import { useMemo, type ReactNode } from 'react'
import type { Clip } from '../../shared/clip-schema'
import { cookingJobs } from '../queue/queue-order'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useGallery, useQueue } from '../window/app-window-context'
import { ClipGrid } from './ClipGrid'
import { indexOfClip } from './clip-list'
import { GalleryHeader } from './GalleryHeader'

/** All clips, found ones, or the words for why there are none. */
export function Gallery(props: {
  readonly full: boolean
  readonly onFull: () => void
  readonly onPlay: (clip: Clip) => void
  readonly onToggle: () => void
  readonly headerExtra?: ReactNode
}) {
  const list = useGallery((state) => state.list)
  const search = useGallery((state) => state.search)
  const jobs = useQueue((state) => state.jobs)
  const cooking = useMemo(() => {
    if (search !== '') return []
    // A clip has its job's id: once it is in the list, its cooking cell has done its work.
    return cookingJobs(jobs.values()).filter(({ id }) => indexOfClip(list, id) === null)
  }, [jobs, list, search])
  const { total } = list
  const isEmpty = total === 0 && cooking.length === 0
  return (
    <section aria-label={strings.gallery.label} className="flex min-h-0 min-w-0 flex-col">
      <GalleryHeader full={props.full} onFull={props.onFull}>
        {props.headerExtra}
      </GalleryHeader>
      {isEmpty ? <NoClips search={search} /> : null}
      {total === null || isEmpty ? null : (
        <ClipGrid cooking={cooking} total={total} onPlay={props.onPlay} onToggle={props.onToggle} />
      )}
    </section>
  )
}

function NoClips({ search }: { readonly search: string }) {
  const setTyped = useGallery((state) => state.setTyped)
  return (
    <output className="grid grow place-content-center justify-items-center gap-2 px-6 pb-9 text-center">
      {search === '' ? (
        <>
          <p>{strings.gallery.empty}</p>
          <p className="text-ink-3">{strings.gallery.emptyHint}</p>
        </>
      ) : (
        <>
          <p className="break-all">{strings.gallery.nothing(search)}</p>
          <Button onClick={() => setTyped('')}>{strings.search.clear}</Button>
        </>
      )}
    </output>
  )
}

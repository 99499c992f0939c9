import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { combine } from '@atlaskit/pragmatic-drag-and-drop/utils/combine'
import { useEffect, useState, type RefObject } from 'react'
import type { Job } from '../../shared/job-schema'
import { useAppWindow } from '../window/app-window-context'
import { isInLine } from './job-actions'
import { dropBefore } from './job-moves'
import { jobsInLine } from './queue-order'

/** The side of a card on which a dragged one would come to stand. */
export type DropEdge = 'before' | 'after'

/** Lets a waiting card be dragged among the waiting ones; says on which side of this one a dragged one would land. */
export function useCardDrag(ref: RefObject<HTMLElement | null>, job: Job): DropEdge | null {
  const { queue } = useAppWindow()
  const [edge, setEdge] = useState<DropEdge | null>(null)
  const { id } = job
  const inLine = isInLine(job)

  useEffect(() => {
    const element = ref.current
    if (!element || !inLine) return
    const edgeAt = (x: number): DropEdge => {
      const { left, width } = element.getBoundingClientRect()
      return x < left + width / 2 ? 'before' : 'after'
    }
    return combine(
      draggable({ element, getInitialData: () => ({ kind: 'job', job: id }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['kind'] === 'job' && source.data['job'] !== id,
        onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientX)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          const moved = source.data['job']
          if (typeof moved !== 'string') return
          const { jobs, move } = queue.getState()
          const before = dropBefore(jobsInLine(jobs.values()), moved, {
            id,
            edge: edgeAt(location.current.input.clientX),
          })
          if (before !== undefined) void move(moved, before)
        },
      }),
    )
  }, [queue, ref, id, inLine])

  return edge
}

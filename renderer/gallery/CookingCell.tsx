import type { Job } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { recipeTitle } from '../composer/recipe-words'
import { jobMark } from '../queue/job-marks'
import { jobFraction, jobInShort } from '../queue/job-words'
import { MarkWord } from '../queue/MarkWord'
import { useJobFacts } from '../queue/use-job-facts'
import { strings } from '../strings'

/** A clip that is being made; it becomes the clip in place. */
export function CookingCell({ job }: { readonly job: Job }) {
  const facts = useJobFacts(job)
  const mark = jobMark(job)
  const { name } = providers[job.provider]
  const state = mark?.text ?? jobInShort(job, facts)
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- HTML's own cannot hold pictures, nor be drawn in part
      role="option"
      aria-selected={false}
      aria-disabled
      aria-label={strings.gallery.cookingName(recipeTitle(job.recipe), state, name)}
      className="relative grid size-full place-items-center overflow-hidden rounded-sm border border-line bg-surface-2 text-small text-ink-2"
    >
      <span className="line-clamp-2 px-2 text-center">{mark ? <MarkWord mark={mark} /> : state}</span>
      <span
        // Drawn by CSS: the cell's name says it in its own order.
        data-provider={name}
        className="pointer-events-none absolute bottom-1 left-1 max-w-[60%] truncate rounded-xs bg-scrim px-1 text-micro before:content-[attr(data-provider)]"
      />
      <span
        className="absolute bottom-0 left-0 h-0.5 w-full origin-left bg-ink-3 transition-transform duration-150 ease-linear"
        style={{ transform: `scaleX(${jobFraction(job, facts)})` }}
      />
    </div>
  )
}

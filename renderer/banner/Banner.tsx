import { useMemo } from 'react'
import type { Job } from '../../shared/job-schema'
import { newsOf, queueCards } from '../queue/queue-order'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ToneMark } from '../ui/ToneMark'
import { useAppWindow, useQueue } from '../window/app-window-context'
import { chooseBanner, type BannerAction } from './banner'

const labels: Readonly<Record<BannerAction, string>> = {
  resume: strings.banner.resume,
  'show-held': strings.banner.show,
  'away-show': strings.banner.show,
  'away-dismiss': strings.common.dismiss,
}

/** The one thing about the whole queue that must be said now; nothing when all is well. */
export function Banner() {
  const queue = useQueue((state) => state.queue)
  const jobs = useQueue((state) => state.jobs)
  const banner = useMemo(() => {
    const waiting = [...jobs.values()].filter(({ state }) => state === 'waiting').length
    return queue && chooseBanner(queue, waiting)
  }, [queue, jobs])
  const run = useBannerAction()
  return (
    // Always there: a screen reader only tells of what changes inside a region it knows.
    <output className="block shrink-0">
      {banner ? (
        <div
          className={`mx-3.5 mt-2.5 mb-0.5 flex min-h-9 items-center gap-2.5 rounded-md border px-3 py-1 ${looks[banner.tone]}`}
        >
          <ToneMark tone={banner.tone} />
          <p className="min-w-0 grow break-words">{banner.text}</p>
          {banner.actions.map((action) => (
            <Button
              key={action}
              size="small"
              look={action === 'away-dismiss' ? 'quiet' : 'normal'}
              onClick={() => run(action)}
            >
              {labels[action]}
            </Button>
          ))}
        </div>
      ) : null}
    </output>
  )
}

const looks = {
  warn: 'border-warn/25 bg-warn/8',
  bad: 'border-bad/25 bg-bad/8',
  info: 'border-info/25 bg-info/8',
  ok: 'border-line bg-surface-2',
} as const

function useBannerAction(): (action: BannerAction) => void {
  const { queue, showJob, showClip } = useAppWindow()
  return (action) => {
    const { jobs, setAllPaused, awayRead } = queue.getState()
    const cards = queueCards(jobs.values())
    const show = (job: Job | undefined) => {
      if (job?.clipId) showClip(job.clipId)
      else if (job) showJob(job.id)
    }
    switch (action) {
      case 'resume':
        return void setAllPaused(false)
      case 'show-held':
        return show(cards.find(({ held }) => held) ?? cards[0])
      case 'away-show':
        show(newsOf(jobs.values()))
        return void awayRead()
      case 'away-dismiss':
        return void awayRead()
    }
  }
}

import type { Connection } from '../connect'
import type { AppWindow } from './create-window'

/** Hands what the main process tells of to the stores that it concerns. */
export function followNews(
  on: Connection['on'],
  app: Pick<
    AppWindow,
    'queue' | 'gallery' | 'spend' | 'providers' | 'bucket' | 'intake' | 'showClip' | 'showJob'
  >,
): void {
  on('job.changed', (job) => app.queue.getState().changed(job))
  on('job.dismissed', ({ id }) => app.queue.getState().dismissed(id))
  on('queue.changed', (state) => app.queue.getState().queueChanged(state))
  on('app.show', ({ job, clip }) => {
    if (clip) app.showClip(clip)
    else app.showJob(job)
  })
  on('clip.changed', (clip) => app.gallery.getState().changed(clip))
  on('money.changed', (spent) => app.spend.getState().changed(spent))
  on('provider.changed', (status) => app.providers.getState().changed(status))
  on('bucket.changed', (status) => app.bucket.getState().changed(status))
  on('import.progress', (progress) => app.intake.getState().progressed(progress))
}

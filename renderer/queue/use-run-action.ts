import { isRemote } from '../../shared/provider'
import type { Job } from '../../shared/job-schema'
import { useAppWindow } from '../window/app-window-context'
import type { JobAction } from './job-actions'

/** What the actions of a job's card do. */
export function useRunAction(job: Job): (action: JobAction) => void {
  const app = useAppWindow()
  const { id, provider, clipId } = job
  return (action) => {
    const queue = app.queue.getState()
    switch (action) {
      case 'cancel':
      case 'stop-watching':
        return void queue.cancel(id)
      case 'pause':
        return void queue.setPaused(id, true)
      case 'unpause':
        return void queue.setPaused(id, false)
      case 'edit':
        return void queue.takeBack(id)
      case 'earlier':
      case 'later':
        return void queue.step(id, action)
      case 'allow':
      case 'send':
        return void queue.allow(id)
      case 'remove':
        return void queue.remove(id)
      case 'connect':
      case 'new-key':
        return isRemote(provider) ? app.providers.getState().show(provider) : undefined
      case 'connection':
        return isRemote(provider) ? app.providers.getState().show(provider, 'connection') : undefined
      case 'billing':
        return app.openBilling(provider)
      case 'check':
        return void queue.check(id)
      case 'resolve':
        return void app.resolve.getState().open(id)
      case 'fetch':
        return void queue.fetchAgain(id)
      case 'give-up':
        return void queue.giveUp(id)
      case 'edit-again':
      case 'other-provider':
        return app.editJob(job, provider)
      case 'run-again':
        return void queue.rerun(id)
      case 'dismiss':
        return void queue.dismiss(id)
      case 'show':
        return clipId === null ? undefined : app.showClip(clipId)
    }
  }
}

import type { QueueState } from '../../shared/queue-schema'
import type { Meta } from './store/meta'

/** Whether the queue is paused, and why; remembered. */
export interface Pauses {
  readonly state: () => QueueState['paused']
  readonly set: (paused: boolean) => void
  /** A session starts: paused when the last one did not end in order and unsent paid work was left. */
  readonly begin: (found: { readonly isRestored: boolean; readonly hasUnsent: boolean }) => void
  /** The session ends in order. */
  readonly end: () => void
}

const reasons = ['user', 'unclean', 'restored'] as const

/** The pause of an engine.db. It stays until the user resumes, over any number of starts. */
export function createPauses(meta: Meta): Pauses {
  const remembered = meta.get('paused')
  let why: QueueState['paused'] = reasons.find((reason) => reason === remembered) ?? 'no'
  function set(reason: QueueState['paused']): void {
    why = reason
    if (reason === 'no') meta.clear('paused')
    else meta.set('paused', reason)
  }
  return {
    state: () => why,
    set: (paused) => set(paused ? 'user' : 'no'),
    begin({ isRestored, hasUnsent }) {
      const wasUnclean = meta.get('open-since') !== undefined
      if (hasUnsent && why === 'no') set(isRestored ? 'restored' : wasUnclean ? 'unclean' : 'no')
      meta.set('open-since', 'now')
    },
    end: () => meta.clear('open-since'),
  }
}

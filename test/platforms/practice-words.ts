import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { failure, type Answer } from './answer'
import { bytespikeRefusal } from './bytespike/bytespike-answer'
import { createInferenceshAnswers } from './inferencesh/inferencesh-answer'
import { inferenceshBlocked } from './inferencesh/inferencesh-view'
import type { PracticeServers } from './practice-platforms'
import { uniallError } from './uniall/uniall-error'

/** For ever. */
const always = 1_000_000
/** What a busy platform asks for, seconds: long enough to read the card. */
const busyS = 30
/** A run that nobody waits for, ms. */
const slowMs = 600_000

const slowDown = 'slow down'
const blocked = { code: 'content', message: 'blocked by content filtering' }

/** How each platform says that there are too many requests; inference.sh names no time (reference/providers.md §5.1). */
const busyAnswers: Readonly<Record<RemoteProviderId, Answer>> = {
  uniall: uniallError(429, slowDown, { retryAfterS: busyS }),
  apiframe: failure(429, slowDown, busyS),
  krea: failure(429, slowDown, busyS),
  bytespike: bytespikeRefusal('concurrency_limit', slowDown),
  inferencesh: createInferenceshAnswers('data').problem(429, slowDown),
}

/** Words in a prompt that make something go wrong, on every platform in its own way. */
export function teachWords(servers: PracticeServers): void {
  for (const id of remoteProviderIds) {
    const { jobs, faults } = servers[id]
    jobs.script(
      '#fail',
      { end: 'failed', failure: { code: 'internal', message: 'the model failed' } },
      always,
    )
    jobs.script('#slow', { runMs: slowMs }, always)
    jobs.script('#nolink', { withoutUrl: true }, always)
    faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: '#cut', times: always })
    faults.add({ kind: 'cut', acted: false }, { route: 'submit', intent: '#lost', times: always })
    const answer = busyAnswers[id]
    faults.add({ kind: 'answer', acted: false, answer }, { route: 'submit', intent: '#busy' })
  }
  const { uniall, apiframe, krea, bytespike, inferencesh } = servers
  for (const { jobs } of [uniall, apiframe, krea]) {
    jobs.script('#refused', { end: 'failed', failure: blocked }, always)
  }
  inferencesh.jobs.script('#refused', inferenceshBlocked, always)
  // Before there is a job, and not billed (§4.4).
  const answer = bytespikeRefusal('content_blocked', 'The prompt was blocked by upstream safety')
  bytespike.faults.add(
    { kind: 'answer', acted: false, answer },
    { route: 'submit', intent: '#refused', times: always },
  )
}

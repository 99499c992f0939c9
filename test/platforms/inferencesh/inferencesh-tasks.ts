import { z } from 'zod'
import type { Core } from '../core'
import type { InferenceshAnswers } from './inferencesh-answer'
import { inferenceshList } from './inferencesh-schema'
import {
  cancelInferenceshTask,
  lightView,
  taskView,
  type InferenceshInputShown,
  type InferenceshPlan,
} from './inferencesh-view'
import type { Job } from '../jobs'
import type { Answer } from '../answer'
import type { Call, Route } from '../server'

/** Polls, cancel and list (§5.5, §5.7). */
export function inferenceshTaskRoutes(
  core: Core<InferenceshPlan>,
  { ok, problem }: InferenceshAnswers,
  inputShown: InferenceshInputShown,
): { readonly reads: readonly Route[]; readonly others: readonly Route[] } {
  const { jobs } = core
  const intent = ({ params }: Call) => jobs.all().find(({ id }) => id === params['id'])?.intent ?? ''
  const found = (answer: (job: Job<InferenceshPlan>) => Answer) => (call: Call) => {
    const job = jobs.find(call.account, call.params['id'] ?? '')
    return job ? answer(job) : problem(404, 'Task not found')
  }

  const one = found((job) => ok(taskView(core, job, inputShown)))
  const status = found((job) => ok(lightView(core, job)))
  const cancel = found((job) => {
    // What a cancel of an ended task is told is undocumented.
    if (jobs.stateOf(job).kind === 'ended') return problem(400, 'Task has already ended')
    cancelInferenceshTask(core, job)
    return ok({ id: job.id, status: lightView(core, job).status, cancelled: true })
  })

  const list = ({ account, body }: Call) => {
    if (body.kind !== 'json') return problem(415, 'Content-Type must be application/json')
    const asked = inferenceshList.safeParse(body.value)
    if (!asked.success) return problem(400, z.prettifyError(asked.error))
    const { cursor, limit } = asked.data
    const place = cursor ? Buffer.from(cursor, 'base64url').toString() : ''
    if (cursor && !/^\d+$/.test(place)) return problem(400, 'cursor is invalid')
    const all = jobs.list(account)
    const rest = cursor ? all.filter((job) => job.createdMicros < Number(place)) : all
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    const hasNext = rest.length > page.length
    return ok({
      items: page.map((job) => taskView(core, job, inputShown)),
      next_cursor: last && hasNext ? Buffer.from(String(last.createdMicros)).toString('base64url') : null,
      prev_cursor: null,
      has_next: hasNext,
      has_previous: rest.length < all.length,
      items_per_page: limit,
      total_items: all.length,
    })
  }

  return {
    reads: [
      { name: 'job', method: 'GET', path: '/tasks/:id', intent, answer: one },
      { name: 'status', method: 'GET', path: '/tasks/:id/status', intent, answer: status },
    ],
    others: [
      { name: 'cancel', method: 'POST', path: '/tasks/:id/cancel', intent, answer: cancel },
      { name: 'list', method: 'POST', path: '/tasks/list', intent: () => '', answer: list },
    ],
  }
}

import { expect } from 'vitest'
import type { UniallPlan } from '../platforms/uniall/uniall-view'
import { uniallBench, type UniallBench } from './platform-bench'
import { hour, rejectedWith } from './scenario-checks'

export async function failedEitherWay(bench: UniallBench): Promise<void> {
  for (const errorForm of ['object', 'string'] as const) {
    bench.server.jobs.script(errorForm, { end: 'failed', errorForm })
    const id = await bench.started(bench.recipe(errorForm), errorForm)
    bench.server.clock.advance(hour)
    expect(await bench.poll(id)).toEqual({
      kind: 'failed',
      word: 'failed',
      message: 'Generation failed',
      blocked: false,
      billed: 'unknown',
    })
  }
}

const submitPlans: readonly UniallPlan[] = [
  ...(['both', 'id', 'task_id', 'data.id', 'data.task_id'] as const).map((submitShape) => ({ submitShape })),
  ...(['status_url', 'poll_url', 'urls.get'] as const).flatMap((field) =>
    (['own', 'foreign'] as const).map((origin) => ({ statusLink: { field, origin } })),
  ),
]

/** Every form of the submit's answer leads to its job; a link to another host is not followed. */
export async function answerShapes(bench: UniallBench): Promise<void> {
  for (const [index, plan] of submitPlans.entries()) {
    bench.server.jobs.script(`s${index}-`, plan)
    const id = await bench.started(bench.recipe(`s${index}-`), 'i')
    expect(await bench.poll(id)).toMatchObject({ kind: 'running', word: 'queued' })
  }
  // Only under `/v1/tasks`: found with one question more.
  const { server, started, recipe, poll } = await uniallBench({
    defaultPlan: { pollPath: 'tasks' },
    dialect: bench.provider.dialect === 'docs' ? 'docs' : 'generation_mode',
  })
  const id = await started(recipe('tasks'))
  expect(await poll(id)).toMatchObject({ kind: 'problem', problem: { kind: 'upstream' } })
  expect(await poll(id)).toMatchObject({ kind: 'running', word: 'queued' })
  expect(server.record.violations).toEqual([])
}

/** A gateway of the other dialect: said so, and nothing is sent again by itself. */
export async function otherDialect(): Promise<void> {
  for (const missingRoute of ['plain', 'echo'] as const) {
    for (const [has, speaks] of [
      ['docs', 'generation_mode'],
      ['generation_mode', 'docs'],
    ] as const) {
      const bench = await uniallBench({ dialect: has, missingRoute }, speaks)
      const { message, kind } = await rejectedWith(bench)
      expect([kind, message]).toEqual(['wrong-dialect', expect.stringContaining('nothing was sent again')])
      expect(bench.server.record.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
    }
  }
}

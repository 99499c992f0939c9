import { expect, test } from 'vitest'
import { z } from 'zod'
import { createServer } from '../../../electron/ipc/serve'
import { AppError } from '../../../shared/error'
import { errorShapeSchema } from '../../../shared/error-schema'
import { call, type Contract, type Handlers } from '../../../shared/ipc'

const contract = {
  calls: {
    double: call(z.object({ n: z.number() }), z.number()),
    nothing: call(z.void(), z.void()),
    lie: call(z.void(), z.object({ id: z.string() })),
    fail: call(z.object({ how: z.enum(['plain', 'app', 'text']) }), z.void()),
  },
  events: {},
} as const satisfies Contract

const ours = { url: 'app://inbetween/index.html', parent: null }

function scene() {
  const called: unknown[] = []
  const logged: { what: string; error: unknown }[] = []
  const handlers: Handlers<typeof contract> = {
    double: ({ n }) => {
      called.push(n)
      return n * 2
    },
    nothing: () => void called.push('nothing'),
    // What comes back is checked too: here a handler breaks its promise, which types alone would not show at run time.
    lie: async () => JSON.parse('{"id":7,"secret":"x"}') as { id: string },
    fail: ({ how }) => {
      if (how === 'app') throw new AppError('disk-full', 'The disk is full.', 'ENOSPC at write')
      // Anything can be thrown by what a handler calls.
      // oxlint-disable-next-line typescript/only-throw-error
      if (how === 'text') throw 'just text'
      throw new Error('inside: password=hunter2')
    },
  }
  const serve = createServer(contract, handlers, { logError: (what, error) => logged.push({ what, error }) })
  return { serve, called, logged }
}

test('a good call is answered', async () => {
  const { serve, called, logged } = scene()
  expect(await serve(ours, 'double', { n: 21 })).toEqual({ ok: true, value: 42 })
  expect(await serve(ours, 'nothing', undefined)).toEqual({ ok: true, value: undefined })
  expect(called).toEqual([21, 'nothing'])
  expect(logged).toEqual([])
})

const strangers = [
  null,
  { url: 'https://inbetween/index.html', parent: null },
  { url: 'app://inbetween.evil/index.html', parent: null },
  { url: 'app://inbetween/index.html', parent: {} },
] as const

test.each(strangers)('a stranger (%j) is refused before anything of the call is looked at', async (frame) => {
  const { serve, called } = scene()
  const trap = new Proxy({}, { get: () => expect.fail('the input was read') })
  const answer = await serve(frame, 'double', trap)
  expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await serve(frame, 'no such call', {})).toEqual(answer)
  expect(called).toEqual([])
})

const names: readonly unknown[] = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'prototype',
  'Double',
  ' double',
  '',
  undefined,
  null,
  0,
  ['double'],
  { toString: 'double' },
  { toString: 1, valueOf: 1 },
  Object.create(null),
  Symbol('double'),
]

test.each(names.map((name) => [name]))('the name %o finds nothing, and is answered', async (name) => {
  const { serve, called, logged } = scene()
  expect(await serve(ours, name, { n: 1 })).toMatchObject({ ok: false, error: { code: 'bad-request' } })
  expect(called).toEqual([])
  expect(logged).toEqual([])
})

test.each([[undefined], [null], [{}], [{ n: '1' }], [{ n: Number.NaN }], [[1]], ['n']])(
  'the input %j does not reach the handler',
  async (input) => {
    const { serve, called } = scene()
    const answer = await serve(ours, 'double', input)
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(answer.ok ? '' : answer.error.message).not.toMatch(/zod|expected/i)
    expect(called).toEqual([])
  },
)

test('what the schema does not know is dropped on the way in', async () => {
  const { serve } = scene()
  expect(await serve(ours, 'double', { n: 4, isAdmin: true })).toEqual({ ok: true, value: 8 })
})

test('an answer that breaks the contract does not leave, and is logged', async () => {
  const { serve, logged } = scene()
  const answer = await serve(ours, 'lie', undefined)
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(JSON.stringify(answer)).not.toContain('secret')
  expect(logged.map(({ what }) => what)).toEqual(['call lie'])
})

test('a failure made for the user passes with its details, and is not logged', async () => {
  const { serve, logged } = scene()
  const error = { code: 'disk-full', message: 'The disk is full.', details: 'ENOSPC at write' }
  expect(await serve(ours, 'fail', { how: 'app' })).toEqual({ ok: false, error })
  expect(logged).toEqual([])
})

test.each(['plain', 'text'] as const)(
  'any other failure (%s) becomes internal, with a sentence, and is logged',
  async (how) => {
    const { serve, logged } = scene()
    const answer = await serve(ours, 'fail', { how })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'internal', message: expect.any(String) as string },
    })
    expect(answer.ok ? '' : answer.error.message).not.toContain('hunter2')
    expect(logged.map(({ what }) => what)).toEqual(['call fail'])
    expect(errorShapeSchema.safeParse(answer.ok ? undefined : answer.error).success).toBe(true)
  },
)

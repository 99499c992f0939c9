import { expect, test } from 'vitest'
import type { AppContract } from '../../shared/contract'
import { AppError } from '../../shared/error'
import { createClient, type Reply } from '../../shared/ipc'
import { failureOf } from '../support/failure'

function clientAnswering(reply: Reply) {
  const calls: { name: string; input: unknown }[] = []
  const client = createClient<AppContract>({
    call: async (name, input) => {
      calls.push({ name, input })
      return reply
    },
  })
  return { client, calls }
}

test('a call goes out under its name with its input, and its value comes back', async () => {
  const { client, calls } = clientAnswering({ ok: true, value: ['a'] })
  expect(await client['stills.get']({ ids: [] })).toEqual(['a'])
  expect(calls).toEqual([{ name: 'stills.get', input: { ids: [] } }])
})

test('a refused call throws an AppError with code, sentence and details', async () => {
  const error = { code: 'not-found', message: 'Gone.', details: 'row 7' } as const
  const { client } = clientAnswering({ ok: false, error })
  const failure = await failureOf(() => client['jobs.list']())
  expect(failure).toBeInstanceOf(AppError)
  expect(failure).toMatchObject(error)
})

test('a broken bridge is not hidden', async () => {
  const client = createClient<AppContract>({ call: () => Promise.reject(new Error('port closed')) })
  await expect(client['jobs.list']()).rejects.toThrow('port closed')
})

test('the same call is the same function, so that it can be compared and memoised', () => {
  const { client } = clientAnswering({ ok: true, value: undefined })
  expect(client['jobs.list']).toBe(client['jobs.list'])
  expect(client['jobs.list']).not.toBe(client['jobs.cancel'])
  expect(Reflect.get(client, Symbol.iterator)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { rejectOnAbort, throwIfAborted } from '../../../renderer/media-worker/abort'
import { codeOf } from '../../support/failure'

test('work that is not aborted settles as it does', async () => {
  const { signal } = new AbortController()
  expect(await rejectOnAbort(Promise.resolve(7), signal)).toBe(7)
  await expect(rejectOnAbort(Promise.reject(new Error('bad')), signal)).rejects.toThrow('bad')
  expect(() => throwIfAborted(signal)).not.toThrow()
})

test('an abort ends the waiting at once, and what comes late is discarded', async () => {
  const controller = new AbortController()
  const work = Promise.withResolvers<string>()
  const late: string[] = []
  const waiting = codeOf(() => rejectOnAbort(work.promise, controller.signal, (value) => late.push(value)))
  controller.abort()
  expect(await waiting).toBe('cancelled')
  work.resolve('picture')
  await work.promise
  expect(late).toEqual(['picture'])
})

test('work that was aborted before it is waited for is not waited for', async () => {
  const controller = new AbortController()
  controller.abort()
  expect(await codeOf(() => throwIfAborted(controller.signal))).toBe('cancelled')
  expect(await codeOf(() => rejectOnAbort(new Promise(() => undefined), controller.signal))).toBe('cancelled')
})

test('a failure that comes after the abort bothers nobody', async () => {
  const controller = new AbortController()
  const work = Promise.withResolvers<string>()
  const waiting = codeOf(() => rejectOnAbort(work.promise, controller.signal, () => undefined))
  controller.abort()
  expect(await waiting).toBe('cancelled')
  work.reject(new Error('too late'))
  await expect(work.promise).rejects.toThrow('too late')
})

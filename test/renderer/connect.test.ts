import { expect, test, vi } from 'vitest'
import { connect } from '../../renderer/connect'
import { AppError } from '../../shared/error'
import { idOf } from '../support/samples'

test('a failed call throws what the main process said', async () => {
  const error = { code: 'not-found', message: 'No such clip.', details: 'x' } as const
  const { client } = connect({
    call: () => Promise.resolve({ ok: false, error }),
    on: vi.fn(),
    pathForFile: () => '',
  })
  const failure = await client['clips.get']({ id: idOf(1) }).catch((thrown: unknown) => thrown)
  expect(failure).toBeInstanceOf(AppError)
  expect(failure).toMatchObject(error)
})

test('an event reaches only those who listen to it, until they stop', () => {
  const listeners = new Set<(event: string, data: unknown) => void>()
  const { on } = connect({
    call: vi.fn(),
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pathForFile: () => '',
  })
  const heard = vi.fn()
  const stop = on('job.dismissed', heard)
  const emit = (event: string) => listeners.forEach((listener) => listener(event, { id: idOf(1) }))
  emit('job.changed')
  emit('job.dismissed')
  stop()
  emit('job.dismissed')
  expect(heard).toHaveBeenCalledExactlyOnceWith({ id: idOf(1) })
})

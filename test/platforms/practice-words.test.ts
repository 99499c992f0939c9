import { expect, onTestFinished, test } from 'vitest'
import type { PollReading, RemoteProvider, Send } from '../../electron/providers/provider'
import { createRemoteProviders } from '../../electron/providers/registry'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { lineTo } from '../support/lines'
import { sampleRecipe } from '../support/samples'
import { createClock } from './clock'
import { createPracticePlatforms } from './practice-platforms'
import { teachWords } from './practice-words'

/** The practice platforms, and each platform's own adapter with its practice key. */
async function practice() {
  const clock = createClock()
  const { servers, file, close } = await createPracticePlatforms({ clock, runMs: () => 1_000 })
  onTestFinished(close)
  teachWords(servers)
  const remote = createRemoteProviders((id) => ({ origin: file.platforms[id].origin, dialect: null }))
  const at = (id: RemoteProviderId) => {
    const provider = remote[id]
    const { send } = lineTo(provider, file.platforms[id].key)
    return { submit: (prompt: string) => submit(provider, send, prompt), poll: pollWith(provider, send) }
  }
  return { clock, servers, at }
}

let submits = 0

async function submit(provider: RemoteProvider, send: Send, prompt: string) {
  submits += 1
  const intent = `practice-${submits}`
  const body = provider.body(sampleRecipe({ prompt }), {}, intent)
  return provider.readSubmit(await send(provider.submitRequest(body, intent)))
}

function pollWith(provider: RemoteProvider, send: Send) {
  return async (remoteId: string): Promise<PollReading> =>
    provider.readPoll(await send(provider.pollRequest(remoteId)))
}

test.each(remoteProviderIds)('%s: each word makes go wrong what it says', async (id) => {
  const { clock, servers, at } = await practice()
  const { submit: send, poll } = at(id)
  /** How a job with this prompt stands a minute later. */
  const after = async (prompt: string): Promise<PollReading> => {
    const accepted = await send(prompt)
    if (accepted.kind !== 'accepted') throw new Error(`${prompt}: ${accepted.kind}`)
    clock.advance(60_000)
    return poll(accepted.remoteId)
  }

  expect(await after('plain')).toMatchObject({ kind: 'completed', url: expect.stringMatching(/^http/) })
  expect(await after('#fail')).toMatchObject({ kind: 'failed', blocked: false })
  expect(await after('#slow')).toMatchObject({ kind: 'running' })
  expect(await after('#nolink')).toMatchObject({ kind: 'completed', url: null })
  if (id === 'bytespike') {
    expect(await send('#refused')).toMatchObject({ kind: 'rejected', problem: { kind: 'blocked' } })
  } else {
    expect(await after('#refused')).toMatchObject({ kind: 'failed', blocked: true })
  }
  expect(await send('#busy')).toMatchObject({ kind: 'rejected', problem: { kind: 'rate-limited' } })
  expect(await send('#busy')).toMatchObject({ kind: 'accepted' })
  await expect(send('#cut')).rejects.toThrow()
  await expect(send('#lost')).rejects.toThrow()
  const { bill, record } = servers[id]
  expect([bill.accepted().get('#cut'), bill.accepted().get('#lost')]).toEqual([1, undefined])
  expect(record.violations).toEqual([])
})

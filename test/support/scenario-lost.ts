import { expect } from 'vitest'
import { Unreachable, type ListedJob } from '../../electron/providers/provider'
import type { PlatformBench } from './platform-bench'

/** A submit that is taken while its answer is lost; its body. */
export async function lostSubmit({ server, provider, line, recipe }: PlatformBench): Promise<string> {
  const body = provider.body(recipe('i'), {}, 'i')
  server.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const cut = await line.submit(provider.submitRequest(body, 'i')).catch((error: unknown) => error)
  expect(cut).toBeInstanceOf(Unreachable)
  expect(cut).toMatchObject({ isUnsent: false })
  expect([server.bill.posts().get('i'), server.bill.accepted().get('i')]).toEqual([1, 1])
  return body
}

/** The adapter's half: the cut is told as possibly sent, and the list shows what is needed to find the job. */
export async function cutAfterAccept(
  bench: PlatformBench,
  certainty: 'certain' | 'possible',
): Promise<string> {
  const { provider, list, now } = bench
  const body = await lostSubmit(bench)
  const [ours, ...others]: readonly ListedJob[] = (await list()).jobs
  expect(others.length).toBeGreaterThan(0)
  expect(ours).toMatchObject({ createdAt: now(), reading: { kind: 'running' } })
  expect(ours && provider.matches(body, ours)).toBe(certainty)
  for (const other of others)
    expect(provider.matches(body, other)).toBe(certainty === 'certain' ? 'no' : 'possible')
  return ours?.remoteId ?? ''
}

/** Where nothing can be looked up and nothing repeated, that is what the engine is told: the user decides. */
export async function neverFound(bench: PlatformBench): Promise<void> {
  const { provider } = bench
  const body = await lostSubmit(bench)
  expect([provider.list, provider.find?.request(body, 'i') ?? null]).toEqual([null, null])
  expect(provider.idempotentMs(body)).toBeNull()
  expect(provider.capabilities.canLookUp).toBe(false)
}

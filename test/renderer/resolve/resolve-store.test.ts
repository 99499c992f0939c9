import { expect, test, vi } from 'vitest'
import { createResolveStore } from '../../../renderer/resolve/resolve-store'
import { gapSentence, searchSentence } from '../../../renderer/resolve/resolve-words'
import type { Candidate } from '../../../shared/job-schema'
import { idOf, noon } from '../../support/samples'
import { diskFull, paidJobOf, settled } from '../support/pieces'

const candidate: Candidate = { remoteId: '3c90c3cc', createdAt: noon, word: 'completed', prompt: '' }
const attach = { kind: 'attach', remoteId: candidate.remoteId } as const

function dialogOf() {
  const deps = {
    client: {
      'jobs.candidates': vi.fn((_input: { id: string }) => Promise.resolve([candidate])),
      'jobs.check': vi.fn((_input: { id: string }) =>
        Promise.resolve(paidJobOf({ state: 'unknown', lookUps: 2 })),
      ),
      'jobs.resolve': vi.fn((_input: object) => Promise.resolve(paidJobOf({ state: 'running' }))),
    },
    canLookUp: vi.fn(() => true),
    onChanged: vi.fn(),
    fail: vi.fn(),
  }
  const store = createResolveStore(deps)
  return { store, deps, state: () => store.getState() }
}

test('it opens with the candidates, and nothing chosen', async () => {
  const { state } = dialogOf()
  await state().open(idOf(7))
  expect(state()).toMatchObject({
    jobId: idOf(7),
    choice: null,
    search: { kind: 'found', candidates: [candidate] },
  })
})

test('an answer about a job that is no longer asked about is dropped', async () => {
  const { state, deps } = dialogOf()
  const late = Promise.withResolvers<Candidate[]>()
  deps.client['jobs.candidates'].mockReturnValueOnce(late.promise)
  const first = state().open(idOf(1))
  deps.client['jobs.candidates'].mockResolvedValueOnce([])
  await state().open(idOf(2))
  late.resolve([candidate])
  await first
  expect(state().search).toEqual({ kind: 'found', candidates: [] })
})

test('nothing is sent before something is chosen, and what is chosen is sent once', async () => {
  const { state, deps } = dialogOf()
  await state().open(idOf(7))
  await state().confirm()
  expect(deps.client['jobs.resolve']).not.toHaveBeenCalled()
  state().choose(attach)
  await Promise.all([state().confirm(), state().confirm()])
  expect(deps.client['jobs.resolve'].mock.calls).toEqual([[{ id: idOf(7), resolution: attach }]])
  expect(deps.onChanged).toHaveBeenCalledOnce()
  expect(state().jobId).toBeNull()
})

test('it stays open with the choice when the answer could not be given', async () => {
  const { state, deps } = dialogOf()
  deps.client['jobs.resolve'].mockRejectedValueOnce(diskFull)
  await state().open(idOf(7))
  state().choose({ kind: 'give-up' })
  await state().confirm()
  expect(state()).toMatchObject({ jobId: idOf(7), choice: { kind: 'give-up' }, sending: false })
  expect(state().failure).toMatchObject({ message: diskFull.message })
  // A notice would stand behind the dialog.
  expect(deps.fail).not.toHaveBeenCalled()
  state().choose(attach)
  expect(state().failure).toBeNull()
})

test('a failure that comes after the dialog was closed is told elsewhere', async () => {
  const { state, deps } = dialogOf()
  const late = Promise.withResolvers<ReturnType<typeof paidJobOf>>()
  deps.client['jobs.resolve'].mockReturnValueOnce(late.promise)
  await state().open(idOf(7))
  state().chooseTyped('task-1')
  const confirming = state().confirm()
  state().close()
  late.reject(diskFull)
  await confirming
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
  expect(state().failure).toBeNull()
})

test('a second search without a trace is told from the first', async () => {
  const { state, deps } = dialogOf()
  deps.client['jobs.candidates'].mockResolvedValue([])
  await state().open(idOf(7))
  const said = () => searchSentence(state().search, { provider: 'krea', lookUps: 2 }, state().searchedAgain)
  expect(said()).toMatch(/^No trace yet/)
  await state().checkAgain()
  expect(said()).toMatch(/^Looked just now\. No trace yet/)
})

test('the nearest of several candidates is named, with how far each is from our send', () => {
  const at = (ms: number | null) => ({ createdAt: ms === null ? null : noon + ms })
  const all = [at(2100), at(-4000), at(400_000), at(null)]
  expect(all.map((one) => gapSentence(one, all, noon))).toEqual([
    'nearest in time: 2 s after yours',
    '4 s before yours',
    '7 min after yours',
    '',
  ])
  const twins = [at(1000), at(-1000)]
  expect(twins.map((one) => gapSentence(one, twins, noon))).toEqual(['1 s after yours', '1 s before yours'])
  expect(gapSentence(at(100), [at(100)], noon)).toBe('at the same second as yours')
  expect(gapSentence(at(2000), all, null)).toBe('')
})

test('a new search forgets the choice: the job it named may be gone', async () => {
  const { state, deps } = dialogOf()
  await state().open(idOf(7))
  state().choose(attach)
  const searching = state().checkAgain()
  expect(state()).toMatchObject({ choice: null, search: { kind: 'searching' } })
  await searching
  await settled()
  expect(deps.onChanged).toHaveBeenCalledOnce()
  expect(state().search.kind).toBe('found')
})

test('a list that cannot be read is no empty list', async () => {
  const { state, deps } = dialogOf()
  deps.client['jobs.candidates'].mockRejectedValueOnce(diskFull)
  await state().open(idOf(7))
  expect(searchSentence(state().search, { provider: 'krea', lookUps: 3 })).toBe(
    'Krea’s job list could not be read.',
  )
})

test('that there is no trace is said only after three searches', () => {
  const nothing = { kind: 'found', candidates: [] } as const
  const said = [0, 1, 2, 3].map((lookUps) => searchSentence(nothing, { provider: 'krea', lookUps }))
  expect(said.map((sentence) => sentence.startsWith('There is no trace'))).toEqual([
    false,
    false,
    false,
    true,
  ])
  expect(said[2]).toContain('searched 2 times')
})

test('a platform that has no list is not said to have one: it is asked by our own number', () => {
  const sentences = ([{ kind: 'searching' }, { kind: 'failed' }, { kind: 'found', candidates: [] }] as const)
    .flatMap((search) =>
      [0, 1, 3].map((lookUps) => searchSentence(search, { provider: 'bytespike', lookUps })),
    )
    .join('\n')
  expect(sentences).not.toContain('list was')
  expect(sentences).toContain('No trace yet; ByteSpike was asked for it by our own number once.')
  expect(sentences).toContain('ByteSpike was asked for it by our own number 3 times.')
  const asA = searchSentence({ kind: 'impossible' }, { provider: 'bytespike', lookUps: 0 })
  expect(asA).toMatch(/^ByteSpike has no list of jobs/)
})

test('a platform without a list is not searched: the user names the job by its id', async () => {
  const { state, deps } = dialogOf()
  deps.canLookUp.mockReturnValue(false)
  await state().open(idOf(7))
  expect(deps.client['jobs.candidates']).not.toHaveBeenCalled()
  expect(searchSentence(state().search, { provider: 'uniall', lookUps: 0 })).toMatch(
    /^UniAll has no list of jobs/,
  )
  state().chooseTyped('  ')
  expect(state().choice).toBeNull()
  state().chooseTyped(' task-1 ')
  await state().confirm()
  expect(deps.client['jobs.resolve'].mock.calls).toEqual([
    [{ id: idOf(7), resolution: { kind: 'attach', remoteId: 'task-1' } }],
  ])
})

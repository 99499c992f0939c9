import { expect, test, vi } from 'vitest'
import { createIntakeStore } from '../../../renderer/intake/intake-store'
import type { ImportResult } from '../../../shared/contract'
import type { SlotName } from '../../../shared/recipe'
import type { Still } from '../../../shared/still-schema'
import { sampleClip, sampleRecipe } from '../../support/samples'
import { diskFull, settled, stillOf } from '../support/pieces'

const stillResult = (name: string): ImportResult => ({
  kind: 'still',
  name,
  still: stillOf(Number.parseInt(name, 10)),
})
const fileOf = (name: string) => new File(['x'], name)

/** Files whose name starts with `web` have no path, as bytes from a browser. */
function intakeOf(slots = 5) {
  const deps = {
    client: {
      'library.import': vi.fn(({ paths }: { paths: string[] }) =>
        Promise.resolve(paths.map((path) => stillResult(path.slice(1)))),
      ),
      'library.pick': vi.fn((): Promise<ImportResult[]> => Promise.resolve([])),
      'library.fetchLink': vi.fn((_input: { url: string }): Promise<ImportResult> =>
        Promise.resolve(stillResult('1.png')),
      ),
    },
    pathForFile: ({ name }: File) => (name.startsWith('web') ? '' : `/${name}`),
    upload: vi.fn(({ name }: File) => Promise.resolve(stillResult(name.slice(3)))),
    place: vi.fn((stills: readonly Still[], _target?: SlotName, _link?: string) => {
      const filled = (['first', 'last', 'ref1', 'ref2', 'ref3'] as const).slice(
        0,
        Math.min(slots, stills.length),
      )
      return { recipe: sampleRecipe(), filled, left: stills.length - filled.length }
    }),
    onSource: vi.fn(),
    onClips: vi.fn(),
    fail: vi.fn(),
  }
  const store = createIntakeStore(deps)
  return { store, deps, intake: () => store.getState() }
}

test('two pictures fill two slots without a word', async () => {
  const { intake, deps } = intakeOf()
  await intake().take([fileOf('1.png'), fileOf('2.png')], 'last')
  expect(deps.client['library.import']).toHaveBeenCalledExactlyOnceWith({ paths: ['/1.png', '/2.png'] })
  expect(deps.place).toHaveBeenCalledExactlyOnceWith([stillOf(1), stillOf(2)], 'last', undefined)
  expect(intake()).toMatchObject({ progress: null, report: null })
})

test('files and bytes keep their order', async () => {
  const { intake, deps } = intakeOf()
  await intake().take([fileOf('1.png'), fileOf('web2.png'), fileOf('3.png'), fileOf('4.png')])
  expect(deps.place.mock.calls[0]?.[0].map(({ id }) => Number.parseInt(id, 16))).toEqual([1, 2, 3, 4])
  expect(deps.client['library.import'].mock.calls.map(([{ paths }]) => paths.length)).toEqual([1, 2])
})

test('two hundred files show their progress, and then what is not in a slot', async () => {
  const { intake, deps } = intakeOf(2)
  const answer = Promise.withResolvers<ImportResult[]>()
  deps.client['library.import'].mockReturnValueOnce(answer.promise)
  const files = Array.from({ length: 200 }, (_, index) => fileOf(`${index + 1}.png`))
  const taken = intake().take(files)
  expect(intake().progress).toEqual({ done: 0, total: 200, name: '' })
  intake().progressed({ done: 37, total: 200, name: '38.png' })
  expect(intake().progress).toEqual({ done: 37, total: 200, name: '38.png' })
  answer.resolve(files.map(({ name }) => stillResult(name)))
  await taken
  expect(intake().progress).toBeNull()
  expect(intake().report).toEqual({ filled: ['first', 'last'], left: 198, clips: 0, refused: [] })
  intake().progressed({ done: 200, total: 200, name: '' })
  expect(intake().progress).toBeNull()
})

test('two imports at a time are one count', async () => {
  const { intake, deps } = intakeOf()
  const answers = [Promise.withResolvers<ImportResult[]>(), Promise.withResolvers<ImportResult[]>()]
  for (const { promise } of answers) deps.client['library.import'].mockReturnValueOnce(promise)
  const taken = [intake().take([fileOf('1.png'), fileOf('2.png')]), intake().take([fileOf('3.png')])]
  expect(intake().progress).toEqual({ done: 0, total: 3, name: '' })
  answers[0]?.resolve([stillResult('1'), stillResult('2')])
  await taken[0]
  intake().progressed({ done: 0, total: 1, name: '3.png' })
  expect(intake().progress).toEqual({ done: 2, total: 3, name: '3.png' })
  answers[1]?.resolve([stillResult('3')])
  await taken[1]
  expect(intake().progress).toBeNull()
})

test('what was imported before a failure is kept and put in place', async () => {
  const { intake, deps } = intakeOf()
  deps.upload.mockRejectedValueOnce(diskFull)
  await intake().take([fileOf('1.png'), fileOf('web2.png'), fileOf('3.png')])
  expect(deps.fail).toHaveBeenCalledWith(diskFull)
  expect(deps.place).toHaveBeenCalledExactlyOnceWith([stillOf(1)], undefined, undefined)
  expect(intake().progress).toBeNull()
})

test('a dropped video is shown, but not when pictures came with it', async () => {
  const { intake, deps } = intakeOf()
  const clip: ImportResult = { kind: 'clip', name: 'a.mp4', clip: sampleClip() }
  deps.client['library.import'].mockResolvedValueOnce([clip])
  await intake().take([fileOf('a.mp4')])
  expect(deps.onClips).toHaveBeenCalledExactlyOnceWith([sampleClip()])
  deps.client['library.import'].mockResolvedValueOnce([clip, stillResult('1')])
  await intake().take([fileOf('a.mp4'), fileOf('1.png')])
  expect(deps.onClips).toHaveBeenCalledOnce()
})

test('refused files are listed until they are dismissed', async () => {
  const { intake, deps } = intakeOf()
  const error = { code: 'damaged', message: 'Cut off.' } as const
  deps.client['library.pick'].mockResolvedValueOnce([{ kind: 'refused', name: 'x.png', error }])
  await intake().pick('first')
  expect(intake().report?.refused).toEqual([{ name: 'x.png', error }])
  await intake().take([fileOf('1.png')])
  expect(intake().report).not.toBeNull()
  intake().dismiss()
  expect(intake().report).toBeNull()
})

test('a dismissed file dialog changes nothing', async () => {
  const { intake, deps } = intakeOf()
  await intake().pick()
  await intake().take([])
  await settled()
  expect(deps.place).not.toHaveBeenCalled()
  expect(intake().report).toBeNull()
})

const address = 'https://example.com/a/fox.png?sig=1'
const clipResult: ImportResult = { kind: 'clip', name: 'a.mp4', clip: sampleClip() }

test('a link is fetched once, and stays with the picture that came from it', async () => {
  const { intake, deps } = intakeOf()
  const taken = intake().takeLink(address, 'last')
  expect(intake().progress).toEqual({ done: 0, total: 1, name: 'fox.png' })
  await taken
  expect(deps.client['library.fetchLink']).toHaveBeenCalledExactlyOnceWith({ url: address })
  expect(deps.place).toHaveBeenCalledExactlyOnceWith([stillOf(1)], 'last', address)
  expect(intake()).toMatchObject({ progress: null, report: null })
})

test('a linked clip is the source, with its address; it is not put on the stage', async () => {
  const { intake, deps } = intakeOf()
  deps.client['library.fetchLink'].mockResolvedValueOnce(clipResult)
  await intake().takeLink('https://example.com/a.mp4', 'first')
  expect(deps.onSource).toHaveBeenCalledExactlyOnceWith(sampleClip(), 'https://example.com/a.mp4')
  expect(deps.onClips).not.toHaveBeenCalled()
})

test('a link that leads to nothing that can be used says why', async () => {
  const { intake, deps } = intakeOf()
  const error = { code: 'unknown-type', message: 'No picture.' } as const
  deps.client['library.fetchLink'].mockResolvedValueOnce({ kind: 'refused', name: address, error })
  await intake().takeLink(address)
  expect(intake().report?.refused).toEqual([{ name: address, error }])
  deps.client['library.fetchLink'].mockRejectedValueOnce(diskFull)
  await intake().takeLink(address)
  expect(deps.fail).toHaveBeenCalledExactlyOnceWith(diskFull)
  expect(intake().progress).toBeNull()
})

test('a video dropped on the place of the source is the source; a picture there finds a free slot', async () => {
  const { intake, deps } = intakeOf()
  deps.client['library.import'].mockResolvedValueOnce([clipResult])
  await intake().take([fileOf('a.mp4')], 'source')
  expect(deps.onSource).toHaveBeenCalledExactlyOnceWith(sampleClip(), undefined)
  expect(deps.onClips).not.toHaveBeenCalled()
  await intake().take([fileOf('1.png')], 'source')
  expect(deps.place).toHaveBeenCalledExactlyOnceWith([stillOf(1)], undefined, undefined)
})

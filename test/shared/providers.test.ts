import { expect, test } from 'vitest'
import { providerIds, type Capabilities, type Provider } from '../../shared/provider'
import { providerIn, providers } from '../../shared/providers'
import { maxNegativePromptLength, maxPromptLength } from '../../shared/recipe'

const spoken: readonly (readonly [string, Provider])[] = providerIds.flatMap((id) => {
  const dialects = providers[id].dialects.map((dialect) => dialect.id)
  const all: readonly (string | null)[] = dialects.length === 0 ? [null] : dialects
  return all.map((dialect) => [`${id} ${dialect ?? ''}`, providerIn(id, dialect)] as const)
})

test('each dialect has a name of its own, and there are either none or several', () => {
  expect(providerIds.map((id) => providers[id].dialects.map((dialect) => dialect.id))).toEqual([
    [],
    ['generation_mode', 'docs'],
    [],
    [],
    ['A', 'B'],
    ['apps-run', 'page'],
  ])
})

test('a provider in its first dialect, in none and in one nobody knows is the one that is listed', () => {
  for (const id of providerIds) {
    const [first] = providers[id].dialects
    for (const dialect of [null, 'nothing', 'constructor', first?.id ?? null]) {
      expect(providerIn(id, dialect).capabilities).toEqual(providers[id].capabilities)
    }
  }
})

test('a dialect changes only what it says', () => {
  const page = providers.uniall.capabilities
  const docs = providerIn('uniall', 'docs').capabilities
  expect([page.negativePrompt, page.seed, page.maxReferences]).toEqual(['no', 'no', 1])
  expect([docs.negativePrompt, docs.seed, docs.maxReferences]).toEqual(['yes', 'yes', 0])
  expect([docs.durationsS, docs.source]).toEqual([page.durationsS, page.source])
  expect(providerIn('bytespike', 'B').capabilities).toEqual({
    ...providers.bytespike.capabilities,
    canLookUp: true,
  })
})

// reference/providers.md §7, by hand: modes, seconds, sizes, shapes, sound, negative prompt, seed, references.
type Row = readonly [string, string, string, string, string, string]
const matrix: readonly Row[] = [
  [
    'uniall generation_mode',
    'text first first-last references extend edit',
    '4 6 8',
    '720p 1080p 4k',
    '16:9 9:16',
    'yes no no 1',
  ],
  ['uniall docs', 'text first first-last extend', '4 6 8', '720p 1080p 4k', '16:9 9:16', 'yes yes yes 0'],
  [
    'apiframe ',
    'text first first-last last-only references sequence',
    '4 6 8',
    '720p 1080p',
    '16:9 9:16 1:1 4:3 3:4',
    'yes yes yes 3',
  ],
  [
    'krea ',
    'text first first-last last-only references sequence',
    '4 6 8',
    '720p 1080p 4k',
    '16:9 9:16',
    'yes no no 3',
  ],
  ['bytespike A', 'text first', '1 2 3 4 5', '720p', '16:9 9:16 1:1', 'no no yes 0'],
  ['bytespike B', 'text first', '1 2 3 4 5', '720p', '16:9 9:16 1:1', 'no no yes 0'],
  [
    'inferencesh apps-run',
    'text first first-last references extend',
    '4 6 8',
    '720p 1080p 4k',
    '16:9 9:16',
    'yes no no 3',
  ],
  [
    'inferencesh page',
    'text first first-last references extend',
    '4 6 8',
    '720p 1080p 4k',
    '16:9 9:16',
    'yes no no 3',
  ],
]

test.each(matrix)(
  '%s can what the matrix of its documents says',
  (name, modes, seconds, sizes, shapes, settings) => {
    const [, provider] = spoken.find(([known]) => known === name) ?? []
    const told = (of: Capabilities) => [
      of.modes.join(' '),
      of.durationsS.join(' '),
      of.resolutions.join(' '),
      of.aspectRatios.join(' '),
      [of.audio, of.negativePrompt, of.seed, of.maxReferences].join(' '),
    ]
    expect(provider && told(provider.capabilities)).toEqual([modes, seconds, sizes, shapes, settings])
  },
)

test.each(spoken)(
  '%s: its data agree with each other',
  (_name, { capabilities, pictures, clips, pages, name }) => {
    const { modes, maxReferences, maxNegativePrompt, negativePrompt, source, doubts, aspectRatios } =
      capabilities
    expect(modes.includes('references')).toBe(maxReferences > 0)
    expect(negativePrompt === 'no').toBe(maxNegativePrompt === 0)
    expect(maxNegativePrompt).toBeLessThanOrEqual(maxNegativePromptLength)
    expect(capabilities.maxPrompt).toBeLessThanOrEqual(maxPromptLength)
    const takesClips = modes.includes('extend') || modes.includes('edit')
    expect([source !== null, clips.length > 0]).toEqual([takesClips, takesClips])
    // What is in doubt is something that it has.
    for (const mode of Object.keys(doubts.modes ?? {})) expect(modes).toContain(mode)
    for (const shape of Object.keys(doubts.aspectRatios ?? {})) expect(aspectRatios).toContain(shape)
    // What only our limit bounds is said to be so.
    expect(doubts.maxPrompt !== undefined).toBe(capabilities.maxPrompt === maxPromptLength)
    const all = [...Object.values(doubts.modes ?? {}), ...Object.values(doubts.aspectRatios ?? {})]
    for (const { note } of all) expect(note).toMatch(/^[A-Z].*\.$/i)
    // A JPEG copy can go to everybody who takes pictures at all.
    for (const { types } of pictures) expect(types).toContain('jpeg')
    expect(pictures.length > 0).toBe(pages !== null)
    expect(name).not.toBe('')
  },
)

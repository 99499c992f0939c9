import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Ability, Doubt, Provider } from '../../shared/provider'
import { remoteProviderIds } from '../../shared/provider'
import { providers } from '../../shared/providers'
import type { Mode } from '../../shared/recipe'

const doc = readFileSync(join(import.meta.dirname, '../../docs/providers.md'), 'utf8')

const modeNames: readonly (readonly [string, Mode])[] = [
  ['from a prompt alone', 'text'],
  ['first frame', 'first'],
  ['first and last frame', 'first-last'],
  ['last frame alone', 'last-only'],
  ['references', 'references'],
  ['references with frames', 'sequence'],
  ['extend a clip', 'extend'],
  ['edit a clip', 'edit'],
]

const lines: readonly (readonly [string, (provider: Provider) => string])[] = [
  ...modeNames.map(([name, mode]) => [name, (provider: Provider) => modeCell(provider, mode)] as const),
  ['most references', ({ capabilities }) => String(capabilities.maxReferences)],
  ['seconds', ({ capabilities }) => capabilities.durationsS.join(' ')],
  ['sizes', ({ capabilities }) => capabilities.resolutions.map((size) => size.replace('k', 'K')).join(' ')],
  ['shapes', shapesCell],
  ['sound', ({ capabilities }) => ability(capabilities.audio)],
  ['negative prompt', ({ capabilities }) => ability(capabilities.negativePrompt)],
  ['seed', ({ capabilities }) => ability(capabilities.seed)],
  ['longest prompt', promptCell],
  [
    'pictures by',
    ({ pictures }) => pictures.map(({ way, maxBytes }) => `${way} ${maxBytes / 1e6} MB`).join(', '),
  ],
  ['can be called off', ({ canCancel }) => (canCancel ? 'yes' : 'no')],
  ['lost answers can be looked for', ({ capabilities }) => (capabilities.canLookUp ? 'yes' : 'no')],
]

test('the table says what the application goes by', () => {
  const table = /<!-- table:[^\n]*-->\n\n([\s\S]*?)\n\n<!-- end of table -->/.exec(doc)?.[1] ?? ''
  const said = table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  const shown = remoteProviderIds.map((id) => providers[id])
  expect(said[0]).toEqual(['', ...shown.map(({ name }) => name)])
  expect(said.slice(2)).toEqual(lines.map(([name, cell]) => [name, ...shown.map(cell)]))
})

test('every platform and every dialect has its words', () => {
  for (const id of remoteProviderIds) {
    const { name, dialects } = providers[id]
    const [, chapter = ''] = doc.split(`\n## ${name}\n`)
    const [own = ''] = chapter.split('\n## ')
    expect(own, name).toMatch(/\*\*Key\*\*[\s\S]*\*\*Price\*\*[\s\S]*\*\*Pictures[\s\S]*\*\*Uncertain\*\*/)
    for (const dialect of dialects) expect(own, dialect.name).toContain(dialect.name.split(' (')[0] ?? '')
  }
})

function modeCell({ capabilities }: Provider, mode: Mode): string {
  if (!capabilities.modes.includes(mode)) return 'no'
  return mark(capabilities.doubts.modes?.[mode])
}

function mark(doubt: Doubt | undefined): string {
  if (!doubt) return 'yes'
  return doubt.asks ? 'asks' : doubt.certainty
}

function shapesCell({ capabilities }: Provider): string {
  const { aspectRatios, doubts } = capabilities
  return aspectRatios.map((ratio) => (doubts.aspectRatios?.[ratio] ? `${ratio} (asks)` : ratio)).join(' ')
}

function promptCell({ capabilities }: Provider): string {
  return capabilities.doubts.maxPrompt ? 'not said' : String(capabilities.maxPrompt)
}

function ability(has: Ability): string {
  return has === 'yes' ? 'yes' : 'no'
}

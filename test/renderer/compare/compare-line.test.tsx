import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CompareLine } from '../../../renderer/compare/CompareLine'
import { compareRows } from '../../../renderer/compare/compare-rows'
import type { Price } from '../../../renderer/spend/price'
import { AppWindowContext } from '../../../renderer/window/app-window-context'
import { credits, usd } from '../../../shared/money'
import type { RemoteProviderId } from '../../../shared/provider'
import type { ProviderStatus } from '../../../shared/provider-status-schema'
import { nothingKnown } from '../../../shared/validate/objection'
import { sampleRecipe } from '../../support/samples'
import { silentAppWindow } from '../support/app-window'
import { statusOf } from '../support/pieces'

const recipe = sampleRecipe({ slots: { first: 'a', last: 'b' } })

/** The words of a provider's line in the comparison. */
function lineOf(
  id: RemoteProviderId,
  status: Partial<ProviderStatus> = {},
  price: Price = { certainty: 'listed', amount: usd(1.5) },
): string {
  const app = silentAppWindow()
  const rows = compareRows({
    recipe,
    variants: new Map(),
    known: { ...nothingKnown, hasBucket: true },
    statuses: new Map([[id, statusOf({ id, ...status })]]),
    quote: () => price,
  })
  return renderToStaticMarkup(
    <AppWindowContext value={app}>
      {rows.map((row) => (
        <CompareLine key={row.id} row={row} base={recipe} isChosen={false} />
      ))}
    </AppWindowContext>,
  ).replaceAll(/<[^>]+>/g, '|')
}

test('what is in the way at a provider is said in the place of its answer', () => {
  expect(lineOf('krea')).toContain('takes it as it is')
  const refused = lineOf('krea', { key: { kind: 'stored', last4: 'x', backend: 'y', refused: true } })
  expect(refused).toContain('The key was refused')
  expect(refused).not.toContain('takes it as it is')
  const broke = lineOf('krea', { health: { kind: 'out-of-credit' } })
  expect(broke).toContain('Out of credit')
  expect(broke).not.toContain('takes it as it is')
})

test('a price is shown only for what can be made', () => {
  expect(lineOf('krea')).toContain('$1.50')
  expect(lineOf('bytespike')).toContain('ByteSpike cannot take a last frame.')
  expect(lineOf('bytespike')).not.toContain('$1.50')
})

test('a price that could not be had says so, and why', () => {
  const problem = { code: 'provider-down', message: 'Krea does not answer.' } as const
  const line = lineOf('krea', {}, { certainty: 'unknown', amount: null, problem })
  expect(line).toContain('▲ no answer')
  expect(line).toContain('no price')
})

test('credits of known worth are told in both units, as the total adds them up', () => {
  const limits = { ...statusOf().limits, creditMicros: 50_000 }
  const price = { certainty: 'approximate', amount: credits(8) } as const
  expect(lineOf('apiframe', { limits }, price)).toContain('|≈8 credits · $0.40|')
  expect(lineOf('apiframe', {}, price)).toContain('|≈8 credits|')
})

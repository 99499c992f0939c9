import { Tooltip } from 'radix-ui'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Extras } from '../../../renderer/composer/Extras'
import { AppWindowContext } from '../../../renderer/window/app-window-context'
import type { ProviderId } from '../../../shared/provider'
import { providers } from '../../../shared/providers'
import type { Recipe } from '../../../shared/recipe-schema'
import { sampleRecipe } from '../../support/samples'
import { silentAppWindow } from '../support/app-window'

/** The words of the extras as they are first drawn, for this recipe at this provider. */
function extrasOf(id: ProviderId, change: Partial<Recipe>): string {
  const app = silentAppWindow()
  app.composer.setState({ recipe: sampleRecipe(change), provider: providers[id] })
  // Drawn once, on no page, a store gives its first state.
  const composer = { ...app.composer, getInitialState: app.composer.getState }
  return renderToStaticMarkup(
    <AppWindowContext value={{ ...app, composer }}>
      <Tooltip.Provider>
        <Extras />
      </Tooltip.Provider>
    </AppWindowContext>,
  ).replaceAll(/<[^>]+>/g, '|')
}

test('the switch against people is there only where the platform has it', () => {
  expect(extrasOf('inferencesh', {})).toMatch(/No people\|+off/)
  expect(extrasOf('inferencesh', { noPeople: true })).toMatch(/No people\|+on/)
  for (const id of ['krea', 'apiframe', 'bytespike', 'uniall', 'animatic'] as const)
    expect(extrasOf(id, {})).not.toMatch(/people/i)
})

test('set, it stays in sight where the platform has it not, with what is wrong and one click that mends it', () => {
  for (const id of ['krea', 'apiframe', 'bytespike', 'uniall'] as const) {
    const words = extrasOf(id, { noPeople: true })
    expect(words).toMatch(/No people\|+on/)
    expect(words).toContain(`${providers[id].name} has no way to keep people out.`)
    expect(words).toContain('Allow people')
  }
})

test('the animatic takes no notice of it, and says so', () => {
  const words = extrasOf('animatic', { noPeople: true })
  expect(words).not.toContain('Allow people')
  expect(words).toMatch(/takes no notice of .*no people.*; what is set is kept\./)
})

import { AxeBuilder } from '@axe-core/playwright'
import type { Running } from './launch'

/** What axe has against the page as it is. */
export async function objections({ page }: Running): Promise<readonly string[]> {
  // Legacy mode: the usual one opens a page of its own, which Electron has none of.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  )
}

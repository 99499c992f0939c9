import { expect } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { remoteProviderIds, type RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { inMain } from './in-main'
import type { Home, Running } from './launch'
import type { Practice } from './practice'

/** A line of the exported ledger, by its column. */
export type LedgerRow = Readonly<Record<string, string>>

/** Exports the ledger with the button of the spending dialog, and reads the file. */
export async function exportLedger({ app, page }: Running, home: Home): Promise<readonly LedgerRow[]> {
  const file = join(home.userData, 'ledger.csv')
  await inMain(
    app,
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    },
    file,
  )
  await page.getByRole('button', { name: /open spending/ }).click()
  const spending = page.getByRole('dialog', { name: 'Spending' })
  await spending.getByRole('button', { name: 'Export CSV…' }).click()
  await expect(spending.getByText('Written: ledger.csv')).toBeVisible()
  await spending.getByRole('button', { name: 'Cancel' }).click()
  return rowsOf(await readFile(file, 'utf8'))
}

/** No cell of these tests holds a comma. */
function rowsOf(csv: string): readonly LedgerRow[] {
  const [head = '', ...lines] = csv.replace('\uFEFF', '').trim().split('\r\n')
  const columns = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index], cell])))
}

/**
 * The ledger, by its window and by its file, says what the platforms' bills say. `untold`: platforms that named no
 * price for what was made there; of them it says that they charged, and how often.
 */
export async function expectLedgerIsBill(
  running: Running,
  home: Home,
  { servers }: Practice,
  untold: readonly RemoteProviderId[] = [],
): Promise<void> {
  const rows = await exportLedger(running, home)
  const owed = { usd: 0, credit: 0 }
  for (const id of remoteProviderIds) {
    const { bill } = servers[id]
    const own = rows.filter(({ provider }) => provider === id)
    if (untold.includes(id)) {
      const charged = [...bill.accepted().values()].map(() => ['charged', ''])
      expect(
        own.map(({ state, charged: amount }) => [state, amount]),
        id,
      ).toEqual(charged)
      continue
    }
    const unit = providers[id].billedIn
    const total = Math.round(own.reduce((sum, row) => sum + Number(row['charged']) * 1e6, 0))
    expect(total, id).toBe(bill.owed() * inMicros[unit])
    owed[unit] += total
  }
  expect(await running.call['money.spend'](undefined)).toMatchObject({
    todayMicros: owed.usd,
    monthCreditMicros: owed.credit,
    maybeMicros: 0,
  })
}

/** The bills are in micro-dollars and in whole credits, the ledger in millionths of both. */
const inMicros = { usd: 1, credit: 1e6 } as const

/** Each of these prompts was posted once and became one job. */
export function expectOnce({ bill }: Pick<Practice['krea'], 'bill'>, ...prompts: readonly string[]): void {
  for (const prompt of prompts) {
    expect([bill.posts().get(prompt), bill.accepted().get(prompt)], prompt).toEqual([1, 1])
  }
}

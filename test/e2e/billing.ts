import { expect } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home, Running } from './launch'
import type { Practice } from './practice'

/** A line of the exported ledger, by its column. */
export type LedgerRow = Readonly<Record<string, string>>

/** Exports the ledger with the button of the spending dialog, and reads the file. */
export async function exportLedger({ app, page }: Running, home: Home): Promise<readonly LedgerRow[]> {
  const file = join(home.userData, 'ledger.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
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

/** The ledger, by its window and by its file, says what the platforms' bills say. */
export async function expectLedgerIsBill(running: Running, home: Home, practice: Practice): Promise<void> {
  const { krea, apiframe } = practice
  const rows = await exportLedger(running, home)
  const total = (provider: string) =>
    rows.reduce((sum, row) => (row['provider'] === provider ? sum + Number(row['charged']) : sum), 0)
  expect(Math.round(total('krea') * 1e6)).toBe(krea.bill.owed())
  expect(total('apiframe')).toBe(apiframe.bill.owed())
  expect(await running.call['money.spend'](undefined)).toMatchObject({
    todayMicros: krea.bill.owed(),
    monthCreditMicros: apiframe.bill.owed() * 1e6,
    maybeMicros: 0,
  })
}

/** Each of these prompts was posted once and became one job. */
export function expectOnce({ bill }: Practice['krea' | 'apiframe'], ...prompts: readonly string[]): void {
  for (const prompt of prompts) {
    expect([bill.posts().get(prompt), bill.accepted().get(prompt)], prompt).toEqual([1, 1])
  }
}

import type { LedgerLine } from './ledger'

const columns = [
  'day',
  'time',
  'month',
  'library',
  'provider',
  'job',
  'state',
  'unit',
  'quoted',
  'charged',
  'usd',
  'platform_job',
  'title',
] as const

/** Nothing was paid in the end: what had been reserved or charged must not be added to the rest. */
const unpaid: ReadonlySet<string> = new Set(['released', 'refunded'])

/**
 * The ledger as CSV (RFC 4180, UTF-8 with a mark for spreadsheets); amounts in whole units with a decimal point. The
 * platform's job id and the title find a row on the platform's bill.
 */
export function ledgerCsv(lines: readonly LedgerLine[]): string {
  const rows = lines.map((line) => [
    line.day,
    new Date(line.at).toISOString(),
    line.day.slice(0, 7),
    line.library,
    line.provider,
    line.job,
    line.state,
    line.unit ?? '',
    amount(line.quotedMicros),
    amount(line.state === 'charged' ? (line.chargedMicros ?? line.quotedMicros) : null),
    amount(unpaid.has(line.state) ? null : line.usdMicros),
    line.remoteId ?? '',
    line.title ?? '',
  ])
  return `\uFEFF${[columns, ...rows].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`
}

function amount(micros: number | null): string {
  return micros === null ? '' : (micros / 1e6).toFixed(6)
}

/** SECURITY: a spreadsheet runs cells that begin like a formula. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

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
] as const

/** The ledger as CSV (RFC 4180, UTF-8 with a mark for spreadsheets); amounts in whole units with a decimal point. */
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
    amount(line.chargedMicros ?? (line.state === 'charged' ? line.quotedMicros : null)),
    amount(line.usdMicros),
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

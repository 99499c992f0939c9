/**
 * The text of the first such element that holds text alone, its entities resolved; undefined where there is none. For
 * the answers of stores, which are known and flat: no attributes, no CDATA, no declarations.
 */
export function textOf(xml: string, element: string): string | undefined {
  const raw = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1]
  return raw?.replaceAll(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, resolved)
}

function resolved(whole: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? whole
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

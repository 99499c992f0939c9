const looks = {
  ok: 'rounded-full bg-ok',
  warn: 'rounded-full border-2 border-warn',
  bad: 'rounded-[1px] bg-bad',
  none: 'rounded-full border border-ink-3',
} as const

/** How something stands, by shape as well as by colour; words stand beside it. */
export type DotLook = keyof typeof looks

/** The 8 px mark of a provider. */
export function Dot({ look }: { readonly look: DotLook }) {
  return <span aria-hidden className={`inline-block size-2 shrink-0 ${looks[look]}`} />
}

/** The shape and colour of each kind. */
export const tones = {
  bad: { shape: '■', colour: 'text-bad' },
  warn: { shape: '▲', colour: 'text-warn' },
  info: { shape: '●', colour: 'text-info' },
  ok: { shape: '●', colour: 'text-ok' },
} as const

/** Kinds of things to be told. */
export type Tone = keyof typeof tones

/** The shape and colour of a state; words stand beside it. */
export function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <span aria-hidden className={`shrink-0 text-micro leading-[18px] ${tones[tone].colour}`}>
      {tones[tone].shape}
    </span>
  )
}

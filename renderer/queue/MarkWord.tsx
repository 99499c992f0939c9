import { tones } from '../ui/ToneMark'
import type { JobMark } from './job-marks'

/** A state as a shape and a word in its colour. */
export function MarkWord({ mark }: { readonly mark: JobMark }) {
  const { shape, colour } = tones[mark.tone]
  return (
    <span className={colour}>
      <span aria-hidden>{shape} </span>
      {mark.text}
    </span>
  )
}

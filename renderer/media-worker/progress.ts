/** Says how far a task is, 0 to 1. */
export type Report = (fraction: number) => void

/** Shortest time between two reports, milliseconds: ten a second look smooth and cost nothing. */
const intervalMs = 100

/** Passes on only what is news: never backwards, at most ten a second, and the end always. */
export function createProgress(send: Report, now: () => number): Report {
  let sentAt = Number.NEGATIVE_INFINITY
  let sent = 0
  return (fraction) => {
    const isEnd = fraction >= 1
    if (fraction <= sent || (!isEnd && now() - sentAt < intervalMs)) return
    sent = Math.min(fraction, 1)
    sentAt = now()
    send(sent)
  }
}

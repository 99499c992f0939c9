import { DownloadFailure } from './failure'
import { sampleBytes, sniffClip } from './first-bytes'
import type { Part } from './part'
import type { Answer } from './request'
import { checkLength, type Plan, type Resume } from './response'
import type { SpaceCheck } from './space'

/** Where the bytes of an answer go, and who hears of it. */
export interface Receiver {
  readonly part: Part
  readonly space: SpaceCheck
  /** Milliseconds. */
  readonly now: () => number
  readonly onResume: (resume: Resume) => void
  readonly onProgress: (done: number, total: number | null) => void
  readonly signal: AbortSignal
}

/** Shortest time between two calls of `onProgress`, ms: five a second look smooth and cost nothing. */
const progressEveryMs = 200

/**
 * Brings the body of an answer into the part file. What came before a failure is in the file, too.
 *
 * @throws DownloadFailure; errors of the file system.
 */
export async function receive(
  answer: Answer,
  plan: Exclude<Plan, { readonly kind: 'start-over' }>,
  receiver: Receiver,
): Promise<void> {
  const { part, space, now, onProgress } = receiver
  const total = plan.kind === 'whole' ? plan.resume.total : plan.total
  let toldAt = -Infinity
  const tell = async () => {
    toldAt = now()
    // What is told lies in the file, and a crash on a slow line loses little.
    await part.flush()
    onProgress(part.length(), total)
  }
  if (plan.kind === 'whole') await begin(answer, plan.resume, receiver)
  else await space.check(part.length(), total)
  try {
    await tell()
    for await (const piece of answer.pieces) {
      const isBehind = part.append(piece)
      if (isBehind) await isBehind
      checkLength(part.length())
      if (space.isDue(part.length())) await space.check(part.length(), total)
      if (now() - toldAt >= progressEveryMs) await tell()
    }
  } finally {
    await part.flush()
  }
  if (total !== null && part.length() !== total) {
    throw new DownloadFailure('network', `${part.length()} bytes came instead of ${total}.`)
  }
}

/** Drops an older part, but only for what is seen to be a clip. */
async function begin(answer: Answer, resume: Resume, receiver: Receiver): Promise<void> {
  const { part, space, onResume, signal } = receiver
  const sample = await takeSample(answer.pieces)
  await sniffClip(sample)
  await part.keep(0, signal)
  await space.check(0, resume.total)
  onResume(resume)
  await part.append(sample)
}

async function takeSample(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const taken: Uint8Array[] = []
  for (let bytes = 0; bytes < sampleBytes;) {
    const { done, value } = await pieces.next()
    if (done) break
    taken.push(value)
    bytes += value.length
  }
  return Buffer.concat(taken)
}

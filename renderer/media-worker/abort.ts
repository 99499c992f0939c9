import { AppError } from '../../shared/error'

/** What a cancelled task fails with. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.')
}

/** Throws `cancelled` once the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}

/**
 * Settles as `work` does, or fails with `cancelled` as soon as the signal is aborted. The work itself goes on: Chromium's
 * decoders cannot be interrupted. What it yields too late is given to `discard`.
 */
export async function rejectOnAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  discard?: (late: T) => void,
): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const stop = () => aborted.reject(cancelled())
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, aborted.promise])
  } catch (error) {
    if (signal.aborted && discard) void work.then(discard, () => undefined)
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

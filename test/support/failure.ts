import { AppError } from '../../shared/error'

/** The code of the AppError that the work fails with; any other end of it fails the test. */
export async function codeOf(work: () => unknown): Promise<string> {
  return (await failureOf(work)).code
}

/** The AppError that the work fails with, at once or later. */
export async function failureOf(work: () => unknown): Promise<AppError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

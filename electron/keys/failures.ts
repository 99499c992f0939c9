import { AppError, toErrorShape } from '../../shared/error'
import { isDiskFull } from '../files/exists'

/** The system cannot encrypt; `why` is a sentence. */
export function noKeyStore(why: string): AppError {
  const message = `The key was not stored, because this system cannot encrypt it. ${why} You can use it for this session: it stays in memory and is gone when Inbetween ends.`
  return new AppError('no-key-store', message)
}

/** This Electron is neither the application's own nor the official build. */
export function untrustedRuntime(): AppError {
  return new AppError(
    'untrusted-runtime',
    'Inbetween takes no API keys here, because it runs on a third-party build of Electron that could read them. Run the packaged application, or npm start where the official Electron can be downloaded. If you trust this build, start with INBETWEEN_TRUST_RUNTIME=1.',
  )
}

/** keys.json could not be written. */
export function writeFailure(error: unknown): AppError {
  const { details } = toErrorShape(error)
  return isDiskFull(error)
    ? new AppError(
        'disk-full',
        'The disk is full, so your API keys were not changed. Free some space and try again.',
        details,
      )
    : new AppError(
        'unreadable',
        'The file of your API keys, keys.json, cannot be written, so your keys were not changed. Check the permissions of its folder and try again.',
        details,
      )
}

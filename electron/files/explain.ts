import { AppError, toErrorShape } from '../../shared/error'
import { isDiskFull, isErrno } from './exists'

/**
 * Says in plain words what a failure means for `subject`, a file's or a clip's name. `reassurance` says what was not
 * harmed, for failures that nobody foresaw.
 */
export function explain(error: unknown, subject: string, reassurance: string): AppError {
  if (error instanceof AppError) return error
  const details = toErrorShape(error).details
  if (isErrno(error, 'ENOENT')) {
    const message = `${subject} is no longer there. It may have been moved or renamed.`
    return new AppError('not-found', message, details)
  }
  if (isErrno(error, 'EACCES') || isErrno(error, 'EPERM') || isErrno(error, 'EROFS')) {
    const message = `${subject} may not be read or written. Check the permissions and try again.`
    return new AppError('unreadable', message, details)
  }
  if (isDiskFull(error)) {
    const message = `The library's disk is full, so ${subject} was not stored. Free some space and try again.`
    return new AppError('disk-full', message, details)
  }
  return new AppError(
    'internal',
    `${subject}: something went wrong inside Inbetween. ${reassurance}`,
    details,
  )
}

/** Rethrows a failure with the name of what it befell before its message. */
export function failWith(name: string): (error: unknown) => never {
  return (error) => {
    const { code, message, details } = toErrorShape(error)
    throw new AppError(code, `${name}: ${message}`, details)
  }
}

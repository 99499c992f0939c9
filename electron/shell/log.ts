import log from 'electron-log/main'

/** Largest log file, bytes, before it is set aside as `main.old.log`. */
const maxLogBytes = 2_000_000

/** Where the program writes what a developer needs to see: `<userData>/logs/main.log`. */
export interface Log {
  readonly info: (what: string) => void
  readonly error: (what: string, error: unknown) => void
}

/** Opens the log; uncaught errors go there too. */
export function createLog(): Log {
  log.transports.file.maxSize = maxLogBytes
  log.transports.console.level = 'warn'
  log.errorHandler.startCatching({ showDialog: false })
  return {
    info: (what) => log.info(what),
    error: (what, error) => log.error(what, error),
  }
}

import { basename } from 'node:path'

/** How engine.db was opened. */
export interface Told {
  readonly restored: 'no' | 'backup' | 'fresh'
  readonly aside: string | undefined
  /** Why there will be no backups, as a sentence. */
  readonly backupFailure: string | undefined
  /** Set when another database was put in its place at this start; `from` is the backup's time. */
  readonly lost?: { readonly wasDamaged: boolean; readonly from: number | undefined }
}

/** What the user should know of it: what happened, what it means for jobs and money, where the old file is. */
export function noticeOf(told: Told): string | undefined {
  const kept = told.aside === undefined ? undefined : `The old file is kept as ${basename(told.aside)}.`
  const sentences = [whatHappened(told), kept, told.backupFailure].filter(
    (sentence) => sentence !== undefined,
  )
  return sentences.length === 0 ? undefined : sentences.join(' ')
}

function whatHappened({ restored, lost }: Told): string | undefined {
  const how = lost?.wasDamaged ? 'was damaged' : 'was missing'
  switch (restored) {
    case 'no':
      return undefined
    case 'backup':
      return lost?.from === undefined
        ? `The job list of this computer was restored from a backup at the last start. ${heldAfterBackup}`
        : `The job list of this computer ${how} and was restored from the backup of ${dayAndTime(lost.from)}. ${heldAfterBackup}`
    case 'fresh':
      return `The job list of this computer ${how} and no good backup was found, so a new one was begun. Nothing is sent again: what was sent is looked up at the platforms first. Your clips are not affected; waiting jobs and drafts are gone. Set your spending limits again.`
  }
}

const heldAfterBackup =
  'Nothing is sent again: what was sent is looked up at the platforms first, and open jobs wait for your yes. Spending and limits may lack what changed since that backup.'

function dayAndTime(time: number): string {
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
}

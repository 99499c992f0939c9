/** What all our names begin with. */
export const ownPrefix = 'inbetween/'

/** Random hexadecimal digits in a name: 128 bits, so that nobody can guess what lies in a bucket. */
const digits = 32
const nameForm = new RegExp(`^${ownPrefix}[0-9a-f]{${digits}}\\.[a-z0-9]{1,5}$`)

/** Whether it is a name that {@link objectName} can have made; the bucket may hold the user's other things. */
export function isOwnName(name: string): boolean {
  return nameForm.test(name)
}

/** `inbetween/<random>.<extension>`, from 32 random hexadecimal digits. Throws when that would be no safe name. */
export function objectName(random: string, extension: string): string {
  return checkedName(`${ownPrefix}${random}.${extension}`)
}

/** SECURITY: only what we named ourselves is put, linked or deleted, and no name can lead elsewhere in a URL. */
export function checkedName(name: string): string {
  if (!isOwnName(name)) throw new Error('not a name of ours')
  return name
}

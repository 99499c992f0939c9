/** Random hexadecimal digits in a name: 128 bits, so that nobody can guess what lies in a bucket. */
const digits = 32
const nameForm = new RegExp(`^inbetween/[0-9a-f]{${digits}}\\.[a-z0-9]{1,5}$`)

/** `inbetween/<random>.<extension>`, from 32 random hexadecimal digits. Throws when that would be no safe name. */
export function objectName(random: string, extension: string): string {
  return checkedName(`inbetween/${random}.${extension}`)
}

/** SECURITY: only what we named ourselves is put, linked or deleted, and no name can lead elsewhere in a URL. */
export function checkedName(name: string): string {
  if (!nameForm.test(name)) throw new Error('not a name of ours')
  return name
}

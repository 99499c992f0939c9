import { localDay } from './local-day'

/** Most bytes of a file name: every file system in use takes 255; ours leave room for ` 2`, `.json` and sync tools. */
const maxNameBytes = 200
/** Most of it for the prompt's words, so that folders stay readable. */
const maxWordsBytes = 110

// Windows keeps these for devices, with any extension and in any case.
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i
// Control, format and separator characters; what Windows or a shell cannot have in a name; what breaks URLs.
const forbidden = /[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*#%]+/gu

/** What a clip's file name is made of. */
export interface ClipNameParts {
  readonly createdAt: number
  /** The prompt or the imported file's name; may be empty, long, or hold anything. */
  readonly words: string
  /** `animatic 4s` */
  readonly maker: string
  /** The clip's id: the whole of it, or as many first digits as are wanted (at least 10). */
  readonly id: string
  /** With its dot. */
  readonly extension: string
}

/** `2026-11-21 red fox crosses the snow (krea 8s) 7f3a9c02d1.mp4`: at most 200 bytes, valid on every system. */
export function clipFileName(parts: ClipNameParts): string {
  const tail = `(${parts.maker}) ${parts.id.slice(0, 10)}${parts.extension}`
  const words = cutToBytes(plainWords(parts.words), maxWordsBytes)
  return cutStart(`${localDay(parts.createdAt)} ${words ? `${words} ` : ''}`, tail)
}

/** The folder for a clip made at that time, `2026/11`, by the local calendar as people look for it. */
export function clipFolder(createdAt: number): string {
  return localDay(createdAt).slice(0, 7).replace('-', '/')
}

function cutStart(start: string, tail: string): string {
  const room = maxNameBytes - Buffer.byteLength(tail)
  return `${cutToBytes(start.trimEnd(), room - 1)} ${tail}`
}

function plainWords(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(forbidden, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  return reserved.test(plain) ? `${plain}_` : plain
}

/** Cuts at a whole user-perceived character, so that no emoji or accent is broken. */
function cutToBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  let kept = ''
  let bytes = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > most) break
    kept += segment
  }
  return kept.replace(/[\s.]+$/, '')
}

import { textOf } from './xml'

/** One page of ListObjectsV2. */
export interface ListPage {
  readonly objects: readonly ListedObject[]
  /** Gets the next page; null on the last. */
  readonly next: string | null
}

interface ListedObject {
  readonly name: string
  /** When it was put, by the store's clock, milliseconds since 1970. */
  readonly modifiedAt: number
}

/**
 * Reads a page (AmazonS3/latest/API/API_ListObjectsV2); null for what is none, or not whole. An object without a name
 * or a time that can be read is left out.
 */
export function readListPage(xml: string): ListPage | null {
  const text = xml.trim()
  const isWhole = rootForm.test(text) && text.endsWith('</ListBucketResult>')
  // SECURITY: comments, CDATA and entities of its own could make a name look like another one.
  if (!isWhole || text.includes('<!')) return null
  const [head = '', ...rest] = text.split('<Contents>')
  const parts = rest.map((part) => part.split('</Contents>'))
  if (parts.some(({ length }) => length !== 2)) return null

  const about = [head, ...parts.map(([, after]) => after)].join('')
  const next = textOf(about, 'NextContinuationToken') ?? ''
  const isLast = textOf(about, 'IsTruncated') !== 'true'
  if (!isLast && next === '') return null
  return { objects: parts.flatMap(([inside = '']) => listed(inside)), next: isLast ? null : next }
}

const rootForm = /^(?:<\?xml[^>]*\?>\s*)?<ListBucketResult[\s>]/
const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

function listed(contents: string): readonly ListedObject[] {
  const name = textOf(contents, 'Key')
  const time = textOf(contents, 'LastModified') ?? ''
  const modifiedAt = timeForm.test(time) ? Date.parse(time) : Number.NaN
  return name === undefined || Number.isNaN(modifiedAt) ? [] : [{ name, modifiedAt }]
}

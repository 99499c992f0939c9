import { createHash } from 'node:crypto'
import type { Answer } from '../answer'
import { escaped, s3Error } from './s3-answer'
import { parametersOf } from './s3-canonical'
import type { StoredObject } from './s3-request'

/** Most names on a page (AmazonS3/latest/API/API_ListObjectsV2). */
const maxPage = 1000

const known = ['list-type', 'prefix', 'max-keys', 'continuation-token']

/** Signs that must be escaped in XML and in a query. */
const tokenStart = '1&+/<='

/** ListObjectsV2, as far as a client needs it that wants every name under a prefix; anything else is refused. */
export function listObjects(
  query: string,
  shelf: {
    readonly bucket: string
    readonly objects: ReadonlyMap<string, StoredObject>
    /** Most names on a page of this store. */
    readonly pageSize?: number
  },
): Answer {
  const parameters = new Map(parametersOf(query))
  const odd = [...parameters.keys()].find((name) => !known.includes(name) && !name.startsWith('X-Amz-'))
  if (odd !== undefined) return invalid(`This store knows no parameter ${odd}.`)
  if (parameters.get('list-type') !== '2') return invalid('Only list-type 2 is answered.')
  const asked = parameters.get('max-keys') ?? String(maxPage)
  if (!/^\d{1,9}$/.test(asked)) return invalid('Provided max-keys not an integer or within integer range')
  const token = parameters.get('continuation-token')
  const after = token === undefined ? '' : lastOf(token)
  if (after === null) return invalid('The continuation token provided is incorrect')

  const prefix = parameters.get('prefix') ?? ''
  const left = [...shelf.objects]
    .filter(([name]) => name.startsWith(prefix) && isAfter(name, after))
    .toSorted(([a], [b]) => (isAfter(a, b) ? 1 : -1))
  const page = left.slice(0, Math.min(Number(asked), shelf.pageSize ?? maxPage, maxPage))
  const last = page.at(-1)?.[0]
  const next = page.length < left.length && last !== undefined ? tokenOf(last) : undefined
  const elements = [
    element('Name', shelf.bucket),
    element('Prefix', prefix),
    element('KeyCount', String(page.length)),
    element('MaxKeys', asked),
    element('IsTruncated', String(next !== undefined)),
    ...(token === undefined ? [] : [element('ContinuationToken', token)]),
    ...(next === undefined ? [] : [element('NextContinuationToken', next)]),
    ...page.map(([name, object]) => contents(name, object)),
  ]
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}</ListBucketResult>`
  return { status: 200, body: { text, contentType: 'application/xml' } }
}

function contents(name: string, { bytes, modifiedAt }: StoredObject): string {
  const inside = [
    element('Key', name),
    element('LastModified', new Date(modifiedAt).toISOString()),
    element('ETag', `"${createHash('md5').update(bytes).digest('hex')}"`),
    element('Size', String(bytes.length)),
    element('StorageClass', 'STANDARD'),
  ]
  return `<Contents>${inside.join('')}</Contents>`
}

/** By the bytes of UTF-8, as S3 sorts. */
const isAfter = (name: string, other: string) => Buffer.compare(Buffer.from(name), Buffer.from(other)) > 0

const tokenOf = (last: string) => tokenStart + Buffer.from(last).toString('base64')
const lastOf = (token: string) =>
  token.startsWith(tokenStart) ? Buffer.from(token.slice(tokenStart.length), 'base64').toString() : null

const element = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`
const invalid = (message: string) => s3Error({ code: 'InvalidArgument', message })

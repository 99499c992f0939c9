import { AwsV4Signer } from 'aws4fetch'
import { onTestFinished } from 'vitest'
import { send, type Sent } from '../client'
import { createS3Server, s3Practice, type S3Options } from './s3'

const { region, bucket, accessKeyId, secretAccessKey } = s3Practice
export const name = 'inbetween/0123456789abcdef.png'
export const bytes = Buffer.from('the picture')

/** A server, closed with the test, and the address of an object in it. */
export async function s3(options: S3Options = {}) {
  const server = await createS3Server(options)
  onTestFinished(() => server.close())
  const url = `${server.origin}/${bucket}/${name}`
  return { server, url }
}

/** As aws4fetch has it. */
export type Signing = ConstructorParameters<typeof AwsV4Signer>[0]

/** Signs with aws4fetch, which shares no code with the server. */
export async function signed(request: Omit<Signing, 'accessKeyId' | 'secretAccessKey'> & Partial<Signing>) {
  const noon = '20261121T120000Z'
  const keys = { accessKeyId, secretAccessKey, region, service: 's3' }
  const made = await new AwsV4Signer({ datetime: noon, ...keys, ...request }).sign()
  return { url: made.url.toString(), method: made.method, headers: Object.fromEntries(made.headers) }
}

/** Signs in the headers and sends. */
export const sendSigned = async (request: Parameters<typeof signed>[0], more: Sent = {}) => {
  const { url, method, headers } = await signed(request)
  return send(url, { method, ...more, headers: { ...headers, ...more.headers } })
}

/** Puts {@link bytes}. */
export const put = (url: string, more: Partial<Signing> = {}) =>
  sendSigned(
    { url, method: 'PUT', headers: { 'content-type': 'image/png' }, allHeaders: true, ...more },
    { bytes },
  )

/** A link for so many seconds. */
export const presigned = async (url: string, expiresS = '600', more: Partial<Signing> = {}) =>
  (await signed({ url: `${url}?X-Amz-Expires=${expiresS}`, method: 'GET', signQuery: true, ...more })).url

/** The code of an error's XML. */
export const codeIn = (text: string) => /<Code>(\w+)<\/Code>/.exec(text)?.[1]

import { describe, expect, test } from 'vitest'
import { createInferencesh } from '../../../../electron/providers/inferencesh/inferencesh'
import { answerOf } from '../../../support/answers'

const provider = createInferencesh()
const page = createInferencesh({ settings: () => ({ origin: null, dialect: 'page' }) })
const problemJson = (status: number, code: string, detail?: string) => ({
  type: `https://api.inference.sh/errors/${code}`,
  title: 'Title',
  status,
  detail,
})

describe('what the answer to a submit means', () => {
  const task = { id: '65hmp52a1x', short_id: '65hm', status: 2, status_text: 'queued', output: null }
  const accepted = (word: string) => ({ kind: 'accepted', remoteId: '65hmp52a1x', word, estimate: null })
  test.each<readonly [string, unknown, object]>([
    ['today', { data: task, messages: [] }, accepted('queued')],
    ['v1', { success: true, status: 200, data: task }, accepted('queued')],
    ['v2, bare', task, accepted('queued')],
    ['an integer only', { data: { ...task, status_text: undefined, status: 1 } }, accepted('received')],
    ['a word only', { data: { id: task.id, status: 'RECEIVED' } }, accepted('RECEIVED')],
    ['no status', { data: { id: task.id } }, accepted('')],
    ['ended already', { data: { ...task, status: 11, status_text: 'failed' } }, accepted('failed')],
    ['no id', { data: { status: 1 } }, { kind: 'unclear' }],
    ['an id outside of the envelope', { id: 'x', data: { status: 1 } }, { kind: 'unclear' }],
    ['an empty envelope', { data: null }, { kind: 'unclear' }],
    ['not JSON', 'ok', { kind: 'unclear' }],
  ])('%s', (_form, json, reading) => {
    expect(provider.readSubmit(answerOf(200, json))).toMatchObject(reading)
  })

  const gone = { kind: 'model-unavailable' }
  const elsewhere = { kind: 'wrong-dialect' }
  test.each<readonly [string, number, unknown, object]>([
    ['a bad key', 401, problemJson(401, 'unauthorized', 'invalid key'), { kind: 'key-refused' }],
    ['no credit', 402, problemJson(402, 'x', 'Insufficient balance'), { kind: 'out-of-credit' }],
    ['no scope', 403, problemJson(403, 'forbidden', 'missing scope apps:execute'), { kind: 'forbidden' }],
    [
      'a wrong value',
      400,
      problemJson(400, 'invalid_request', 'duration: must be 4 to 8'),
      { kind: 'invalid', fields: { durationS: 'duration: must be 4 to 8' } },
    ],
    [
      'v1 with its status',
      400,
      { success: false, status: 400, error: { code: 'x', message: 'prompt' } },
      { kind: 'invalid', message: 'prompt' },
    ],
    [
      'v1’s no with 200',
      200,
      { success: false, status: 402, error: { code: 'x', message: 'No money' } },
      { kind: 'out-of-credit', message: 'No money' },
    ],
    [
      'v1’s no with 200 by its code',
      200,
      { success: false, error: { code: 'invalid_request', message: 'bad' } },
      { kind: 'invalid' },
    ],
    [
      'requirements not met',
      412,
      {
        satisfied: false,
        errors: [{ type: 'secret', key: 'GCP', message: 'Add a secret' }, { message: 'Connect Google' }],
      },
      { kind: 'invalid', message: 'Add a secret; Connect Google' },
    ],
    [
      'requirements with a detail',
      412,
      { detail: 'Not met', errors: [{ message: 'Add it' }] },
      { message: 'Not met; Add it' },
    ],
    ['an unknown app', 404, problemJson(404, 'not_found', 'App google/veo-3-1-fast not found'), gone],
    ['a retired app', 404, problemJson(404, 'not_found', 'veo-3-1-fast is no longer available'), gone],
    [
      'a retired model',
      400,
      problemJson(400, 'invalid_request', 'model veo-3.1 is no longer available'),
      gone,
    ],
    ['no such address', 404, problemJson(404, 'not_found', 'Not Found'), elsewhere],
    ['no words', 404, {}, elsewhere],
    ['a page', 404, '<html>404</html>', elsewhere],
    [
      'an address with the app in it',
      404,
      { message: 'Cannot POST /v1/apps/google/veo-3-1-fast/run' },
      elsewhere,
    ],
    [
      'a whole address',
      404,
      { message: 'no route: https://api.inference.sh/v1/apps/google/veo-3-1-fast/run' },
      elsewhere,
    ],
    ['another method', 405, { message: 'Method not allowed for this app' }, elsewhere],
  ])('%s', (_what, status, json, problem) => {
    const answer = { ...answerOf(status, json), ...(typeof json === 'string' ? { text: json } : {}) }
    expect(provider.readSubmit(answer)).toMatchObject({ kind: 'rejected', problem })
  })

  test('the words of a wrong dialect name both', () => {
    const said = (from: typeof provider) => {
      const reading = from.readSubmit(answerOf(404, { detail: 'Not Found' }))
      return reading.kind === 'rejected' ? reading.problem.message : ''
    }
    expect(said(provider)).toMatch(/^Not Found .*“SDK”.*“Blog page”/)
    expect(said(page)).toMatch(/^Not Found .*“Blog page”.*“SDK”/)
  })

  test.each<readonly [string, number, unknown]>([
    ['a fault', 500, problemJson(500, 'internal_error', 'x')],
    ['a fault of a gateway', 502, '<html>'],
    ['a conflict', 409, {}],
    ['a redirect', 302, {}],
    ['v1’s no without a reason', 200, { success: false }],
    ['v1’s fault with 200', 200, { success: false, status: 500, error: { code: 'internal_error' } }],
    ['a no of v1 that is new', 200, { success: false, error: { code: 'teapot', message: 'x' } }],
  ])('%s proves nothing', (_what, status, json) => {
    expect(provider.readSubmit(answerOf(status, json)).kind).toBe('unclear')
  })
})

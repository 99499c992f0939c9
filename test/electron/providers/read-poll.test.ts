import { expect, test } from 'vitest'
import { createApiframe } from '../../../electron/providers/apiframe/apiframe'
import { createInferencesh } from '../../../electron/providers/inferencesh/inferencesh'
import { createKrea } from '../../../electron/providers/krea/krea'
import type { RemoteProvider } from '../../../electron/providers/provider'
import { answerOf } from '../../support/answers'

const [krea, apiframe, inferencesh] = [createKrea(), createApiframe(), createInferencesh()]

test.each<readonly [string, RemoteProvider, object, string | null, boolean]>([
  ['Apiframe, more and no way to it', apiframe, { jobs: [], hasMore: true }, null, false],
  ['Apiframe, more and an empty way', apiframe, { jobs: [], hasMore: true, nextCursor: '' }, null, false],
  ['Apiframe, more', apiframe, { jobs: [], hasMore: true, nextCursor: 'n' }, 'n', false],
  ['Apiframe, a way and no more', apiframe, { jobs: [], hasMore: false, nextCursor: 'n' }, null, true],
  ['Apiframe, nothing said', apiframe, { jobs: [] }, null, true],
  ['inference.sh, more and no way to it', inferencesh, { items: [], has_next: true }, null, false],
  [
    'inference.sh, more and no way to it, wrapped',
    inferencesh,
    { data: { items: [], has_next: true } },
    null,
    false,
  ],
  ['inference.sh, more', inferencesh, { items: [], has_next: true, next_cursor: 'n' }, 'n', false],
  ['inference.sh, nothing said', inferencesh, { items: [] }, null, true],
  ['Krea, a way', krea, { items: [], next_cursor: 'n' }, 'n', false],
  ['Krea, no way', krea, { items: [], next_cursor: null }, null, true],
])('a page of %s', (_what, provider, json, next, isEnd) => {
  expect(provider.list?.read(answerOf(200, json))).toEqual({ kind: 'page', jobs: [], next, isEnd })
})

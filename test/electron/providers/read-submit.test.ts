import { expect, test } from 'vitest'
import { createRemoteProviders } from '../../../electron/providers/registry'
import { remoteProviderIds } from '../../../shared/provider'
import { providers } from '../../../shared/providers'
import { answerOf } from '../../support/answers'

const lanes = remoteProviderIds.flatMap((id) =>
  (providers[id].dialects.length === 0 ? [null] : providers[id].dialects.map((dialect) => dialect.id)).map(
    (dialect) => [id, dialect] as const,
  ),
)

test.each(lanes)('%s (%s): 410 proves that nothing was taken, and may be about the model', (id, dialect) => {
  const { readSubmit } = createRemoteProviders(() => ({ origin: null, dialect }))[id]
  const gone = (message: string) =>
    readSubmit(answerOf(410, { error: { message }, message, detail: message }))
  expect(gone('The model veo-3.1-fast has been retired')).toMatchObject({
    kind: 'rejected',
    problem: { kind: 'model-unavailable' },
  })
  const reading = gone('Gone')
  expect(reading.kind).toBe('rejected')
  expect(reading).not.toMatchObject({ problem: { kind: 'model-unavailable' } })
  expect(readSubmit({ ...answerOf(410, {}), text: '<html>' })).toMatchObject({ kind: 'rejected' })
})

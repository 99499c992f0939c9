import { expect, test } from 'vitest'
import { faultOf } from '../../../renderer/composer/use-faults'

test('what asks can be sent anyway and says so; what blocks must be mended', () => {
  const reason = 'Krea does not say.'
  expect(faultOf({ field: 'slots', reason, weight: 'asks' })).toMatchObject({
    tone: 'info',
    words: 'Krea does not say. You can send it anyway.',
  })
  expect(faultOf({ field: 'slots', reason, weight: 'blocks', opens: 'bucket' })).toMatchObject({
    tone: 'warn',
    words: reason,
    opens: 'bucket',
  })
})

import { expect, test } from 'vitest'
import { isBlocked } from '../../../electron/providers/words'

test.each([
  'Your prompt was flagged by moderation',
  'moderation_blocked',
  'content_policy_violation',
  'NSFW content detected',
  'The request violates our usage guidelines',
  'safety filter',
  'raiMediaFilteredReasons: …',
])('the filter said no: %s', (words) => {
  expect(isBlocked(words)).toBe(true)
})

test.each([
  'Generation failed',
  'Request blocked by rate limit',
  'Schema violation at duration',
  'Content-Type must be application/json',
  'Could not use the image: it answered 404',
  '',
])('not the filter: %s', (words) => {
  expect(isBlocked(words)).toBe(false)
})

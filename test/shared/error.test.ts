import { expect, test } from 'vitest'
import { AppError, errorCodes, toErrorShape } from '../../shared/error'
import { errorShapeSchema } from '../../shared/error-schema'

test('an AppError keeps its code, sentence and details', () => {
  const error = new AppError('disk-full', 'The disk is full.', 'ENOSPC')
  expect(error).toBeInstanceOf(Error)
  expect(error.name).toBe('AppError')
  expect(toErrorShape(error)).toEqual({ code: 'disk-full', message: 'The disk is full.', details: 'ENOSPC' })
})

const foreign: readonly (readonly [string, unknown, RegExp])[] = [
  ['an Error', new RangeError('secret of the inside'), /RangeError: secret of the inside/],
  ['an Error without a stack', Object.assign(new Error('no stack'), { stack: undefined }), /^no stack$/],
  ['a string', 'thrown text', /^thrown text$/],
  ['a symbol', Symbol('odd'), /odd/],
  ['nothing', undefined, /^undefined$/],
  ['null', null, /^null$/],
  ['a look-alike', { code: 'forbidden', message: 'forged' }, /object/],
]

test.each(foreign)('%s becomes `internal`, told apart from its sentence', (_name, thrown, details) => {
  const shape = toErrorShape(thrown)
  expect(shape.code).toBe('internal')
  expect(shape.message).toMatch(/Nothing was lost/)
  expect(shape.message).not.toMatch(/secret|forged/)
  expect(shape.details).toMatch(details)
})

test('every shape that can be made passes the schema it is stored and sent by', () => {
  for (const code of errorCodes) {
    expect(errorShapeSchema.parse(toErrorShape(new AppError(code, 'x')))).toMatchObject({ code })
  }
  expect(errorShapeSchema.parse(toErrorShape(new Error('y')))).toMatchObject({ code: 'internal' })
  expect(errorShapeSchema.safeParse({ code: 'made-up', message: '' }).success).toBe(false)
})

test('the fields that a platform named go along', () => {
  const shape = toErrorShape(new AppError('invalid-recipe', 'x', undefined, { prompt: 'too long' }))
  expect(errorShapeSchema.parse(shape).fields).toEqual({ prompt: 'too long' })
})

import { expect, test } from 'vitest'
import { readAddress } from '../../../renderer/settings/address-input'

test('an address is read without what is around it', () => {
  expect(readAddress(' https://gateway.example/ ')).toBe('https://gateway.example')
  expect(readAddress('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080')
})

test('what is no address, or holds more than one, is none', () => {
  for (const typed of [
    '',
    'gateway.example',
    'ftp://gateway.example',
    'https://user@gateway.example',
    'https://user:pw@gateway.example',
    'https://:pw@gateway.example',
    'https:///:pw@gateway.example',
    'https://gateway.example?a=b',
    'https://gateway.example#a',
    `https://${'a'.repeat(500)}.example`,
  ]) {
    expect(readAddress(typed), typed).toBeNull()
  }
})

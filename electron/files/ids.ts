import { randomBytes } from 'node:crypto'

/** A new id: 20 random hex digits (80 bits, so that two never meet). */
export function newId(): string {
  return randomBytes(10).toString('hex')
}

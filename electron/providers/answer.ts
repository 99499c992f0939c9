import type { ApiAnswer } from './provider'

/** Whether it is an answer of the 2xx. */
export function isGood({ status }: Pick<ApiAnswer, 'status'>): boolean {
  return status >= 200 && status < 300
}

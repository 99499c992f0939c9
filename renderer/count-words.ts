/** A number and what it counts: `1 clip`, `1,284 clips`. */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** Spaces between a figure and its unit. */
const beforeUnit = /(?<=\d) (?=(?:s|min|px|MB|credits?)\b)/g

/** A sentence whose figures stay in one line with their units, and in which no line begins with a middle dot. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(beforeUnit, '\u00A0').replaceAll(' · ', '\u00A0· ')
}

/** Text that is laid out to be drawn. */
export interface LaidText {
  readonly lines: readonly string[]
  /** Pixels. */
  readonly fontSize: number
}

/** Where text has to fit, in pixels. */
export interface TextBox {
  readonly width: number
  readonly height: number
  readonly largestFont: number
  readonly smallestFont: number
}

/** Width of a piece of text in ems: its width at a font size of 1. */
export type Measure = (text: string) => number

/** Distance of two baselines, in ems: room for accents and for two scripts in one line. */
export const lineHeight = 1.35
/** Each size tried is this much smaller than the one before: no step that could be seen. */
const shrinkBy = 0.95
/** Share of the width that is used: glyphs may reach out of their advance, and hinting changes widths by size. */
const usedWidth = 0.98

/** The largest font at which the text fits its box; at the smallest one it is cut, with an ellipsis. */
export function layOutText(text: string, box: TextBox, measure: Measure): LaidText {
  const paragraphs = tidy(text).map((paragraph) =>
    chunksOf(paragraph).map((chunk) => ({ chunk, width: measure(chunk) })),
  )
  for (let fontSize = box.largestFont; fontSize > box.smallestFont; fontSize *= shrinkBy) {
    const lines = wrapAll(paragraphs, (box.width * usedWidth) / fontSize, measure)
    if (lines.length <= linesIn(box, fontSize)) return { lines, fontSize }
  }
  const fontSize = box.smallestFont
  const width = (box.width * usedWidth) / fontSize
  const lines = wrapAll(paragraphs, width, measure)
  const room = linesIn(box, fontSize)
  return { lines: lines.length <= room ? lines : cutLines(lines.slice(0, room), width, measure), fontSize }
}

/** The pieces a paragraph may be broken between: words with the space after them, and single letters of scripts without spaces. */
export function chunksOf(paragraph: string): readonly string[] {
  const chunks: string[] = []
  let previous = ''
  for (const letter of graphemes(paragraph)) {
    const open = chunks.at(-1)
    if (open !== undefined && !mayBreak(previous, letter)) chunks[chunks.length - 1] = open + letter
    else chunks.push(letter)
    previous = letter
  }
  return chunks
}

interface Chunk {
  readonly chunk: string
  readonly width: number
}

function linesIn({ height }: TextBox, fontSize: number): number {
  return Math.max(1, Math.floor(height / (fontSize * lineHeight)))
}

/** Paragraphs without what cannot be seen; at most one empty line between two. */
function tidy(text: string): readonly string[] {
  const plain = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
  return plain
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
}

const noSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}\u3000-\u303f\uff00-\uffef]/u
const neverFirst = /^[\p{Pe}\p{Pf}\p{Mn}、。，．！？：；ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…,.!?;:%]/u
const neverLast = /[\p{Ps}\p{Pi}]$/u

function mayBreak(before: string, after: string): boolean {
  if (before === ' ') return after !== ' '
  if (after === ' ' || neverFirst.test(after) || neverLast.test(before)) return false
  return before === '-' || before === '/' || noSpaces.test(before) || noSpaces.test(after)
}

function wrapAll(
  paragraphs: readonly (readonly Chunk[])[],
  width: number,
  measure: Measure,
): readonly string[] {
  return paragraphs.flatMap((chunks) => wrap(chunks, width, measure))
}

function wrap(chunks: readonly Chunk[], width: number, measure: Measure): readonly string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const piece of chunks.flatMap((chunk) => breakLong(chunk, width, measure))) {
    const fits = used + piece.width <= width || used + measure(piece.chunk.trimEnd()) <= width
    if (line !== '' && !fits) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += piece.chunk
    used += piece.width
  }
  return [...lines, line.trimEnd()]
}

/** A word longer than a line, letter by letter. */
function breakLong(chunk: Chunk, width: number, measure: Measure): readonly Chunk[] {
  if (chunk.width <= width) return [chunk]
  return graphemes(chunk.chunk).map((letter) => ({ chunk: letter, width: measure(letter) }))
}

function cutLines(lines: readonly string[], width: number, measure: Measure): readonly string[] {
  const last = graphemes(lines.at(-1) ?? '')
  while (last.length > 0 && measure(`${last.join('').trimEnd()}…`) > width) last.pop()
  return [...lines.slice(0, -1), `${last.join('').trimEnd()}…`]
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

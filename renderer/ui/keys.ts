const macGlyphs: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', enter: '↵' }
const wordGlyphs: Readonly<Record<string, string>> = { mod: 'Ctrl', shift: 'Shift', enter: 'Enter' }
const arrows: Readonly<Record<string, string>> = { left: '←', right: '→', up: '↑', down: '↓', space: 'Space' }

/**
 * Words a key combination as the platform's menus do: `mod+enter` is `⌘↵` on macOS and `Ctrl+Enter` elsewhere.
 * `platform` is Node's name of it.
 */
export function formatKeys(combination: string, platform: string): string {
  const isMac = platform === 'darwin'
  const glyphs = isMac ? macGlyphs : wordGlyphs
  const parts = combination.split('+').map((part) => glyphs[part] ?? arrows[part] ?? part.toUpperCase())
  return parts.join(isMac ? '' : '+')
}

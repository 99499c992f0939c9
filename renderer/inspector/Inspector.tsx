import type { ReactNode } from 'react'
import type { Clip } from '../../shared/clip-schema'
import { formatMoney } from '../../shared/money'
import type { Recipe } from '../../shared/recipe-schema'
import { isRemote } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { sourceUses, type SourceUse } from '../../shared/recipe'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { useGallery } from '../window/app-window-context'
import { bytesInWords, fileName, madeInWords, pictureInWords, secondsInWords } from './describe-clip'
import { RecipeFrames } from './RecipeFrames'

/** How the chosen clip was made, and where it lies. */
export function Inspector(props: {
  readonly now: () => number
  readonly onReveal: (clip: Clip) => void
  readonly onUse: (recipe: Recipe) => void
  readonly onSource: (clip: Clip, use: SourceUse) => void
}) {
  const clip = useGallery((state) => state.selected)
  return (
    <section
      aria-label={strings.inspector.label}
      className="min-h-0 overflow-y-auto border-l border-line py-3 pr-1 pl-3.5 [scrollbar-gutter:stable]"
    >
      {clip ? <ClipFacts clip={clip} {...props} /> : <p className="text-ink-3">{strings.inspector.empty}</p>}
    </section>
  )
}

function ClipFacts(props: {
  readonly clip: Clip
  readonly now: () => number
  readonly onReveal: (clip: Clip) => void
  readonly onUse: (recipe: Recipe) => void
  readonly onSource: (clip: Clip, use: SourceUse) => void
}) {
  const { clip, now, onReveal, onUse, onSource } = props
  const { origin, media } = clip
  const words = strings.inspector
  const generated = origin.kind === 'generated' ? origin : null
  return (
    <>
      <h2 className="selectable mb-2 truncate font-semibold">{clip.title}</h2>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-y-[5px] text-[12.5px]">
        {generated ? (
          <Fact term={words.prompt}>
            <span className="line-clamp-[12]">{generated.recipe.prompt.trim() || words.noPrompt}</span>
          </Fact>
        ) : null}
        {generated ? <Fact term={words.provider}>{providers[generated.provider].name}</Fact> : null}
        {origin.kind === 'imported' ? <Fact term={words.importedFrom}>{origin.fileName}</Fact> : null}
        <Fact term={generated ? words.made : words.imported}>{madeInWords(clip, now())}</Fact>
        {generated?.remark === undefined ? null : <Fact term={words.remark}>{generated.remark}</Fact>}
        <Fact term={words.picture}>{pictureInWords(media)}</Fact>
        <Fact term={words.length}>{words.lengthText(secondsInWords(media.durationS))}</Fact>
        <Fact term={words.sound}>{media.hasAudio ? words.hasSound : words.noSound}</Fact>
        {generated && isRemote(generated.provider) ? (
          <Fact term={words.cost}>
            {generated.charged
              ? formatMoney(generated.charged)
              : words.costUntold(providers[generated.provider].name)}
          </Fact>
        ) : null}
        <Fact term={words.file}>
          {fileName(clip)}{' '}
          <button
            type="button"
            onClick={() => onReveal(clip)}
            className="rounded-xs text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink"
          >
            {words.reveal}
          </button>
        </Fact>
        <Fact term={words.size}>{bytesInWords(clip.bytes)}</Fact>
      </dl>
      {generated ? <RecipeSection recipe={generated.recipe} onUse={onUse} /> : null}
      <hr className="my-3 border-line" />
      <div className="flex flex-wrap gap-1.5">
        {sourceUses.map((use) => (
          <Button key={use} onClick={() => onSource(clip, use)}>
            {strings.source[use]}
          </Button>
        ))}
      </div>
    </>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{term}</dt>
      <dd className="selectable break-words [word-break:break-word]">{children}</dd>
    </>
  )
}

function RecipeSection({
  recipe,
  onUse,
}: {
  readonly recipe: Recipe
  readonly onUse: (recipe: Recipe) => void
}) {
  return (
    <>
      <hr className="my-3 border-line" />
      <h3 className="mb-2 font-semibold">{strings.inspector.frames}</h3>
      <RecipeFrames recipe={recipe} />
      <Button className="mt-2" onClick={() => onUse(recipe)}>
        {strings.inspector.use}
      </Button>
    </>
  )
}

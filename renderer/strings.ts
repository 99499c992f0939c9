import { composeStrings } from './compose-strings'
import { count, list } from './count-words'
import { paidStrings } from './paid-strings'
import { queueStrings } from './queue-strings'
import { settingsStrings } from './settings-strings'
import type { Resolution, SlotName } from '../shared/recipe'

const pictures = (number: number) => count(number, 'picture', 'pictures')

/** Every text of the window: plain words, sentence case, no exclamation marks. */
export const strings = {
  common: {
    details: 'Details',
    close: 'Close',
    dismiss: 'Dismiss',
    undo: 'Undo',
    until: (time: string) => `until ${time}`,
    moment: 'for a moment',
  },

  title: {
    app: 'Inbetween',
    libraryMenu: (name: string) => `${name}, library menu`,
    reveal: 'Reveal library folder',
    showComposer: 'Show composer',
    hideComposer: 'Hide composer',
    showInspector: 'Show inspector',
    hideInspector: 'Hide inspector',
    development: 'Development runtime',
    developmentText:
      'This Electron is a third-party build, for development and tests. API keys will not be stored under it.',
    developmentLink: 'Get the official Electron',
    electronUrl: 'https://www.electronjs.org',
    practice: 'Practice: no money is spent',
    practiceTip: 'The platforms are simulated on this computer. Clips, prices and bills are made up.',
    settings: 'Settings',
  },

  search: {
    label: 'Search prompts and names',
    clear: 'Clear search',
  },

  slots: {
    title: {
      first: 'First frame',
      last: 'Last frame',
      ref1: 'Reference 1',
      ref2: 'Reference 2',
      ref3: 'Reference 3',
    } satisfies Record<SlotName, string>,
    tag: { first: 'First', last: 'Last', ref1: '@1', ref2: '@2', ref3: '@3' } satisfies Record<
      SlotName,
      string
    >,
    choose: (title: string) => `${title}, choose a picture`,
    chooseTip: 'Drop, paste or choose a picture',
    hint: 'drop, paste or choose',
    replace: (title: string) => `Replace ${title.toLowerCase()}`,
    clear: (title: string) => `Clear ${title.toLowerCase()}`,
    swap: 'Swap first and last frame',
    dropHere: 'Put it here',
    dropReplace: 'Replace',
    picture: (name: string, width: number, height: number) => `${name} · ${width}×${height}`,
    cropped: 'The centre is used; the rest is cut off.',
    unknownPicture: 'Picture',
    missing: (number: number) =>
      number === 1
        ? 'A picture of the last session is no longer in the library. Its slot is empty now.'
        : `${number} pictures of the last session are no longer in the library. Their slots are empty now.`,
  },

  mode: {
    text: 'Text only',
    first: 'First frame',
    'first-last': 'First and last frame',
    'last-only': 'Last frame only',
    references: (number: number) => count(number, 'reference', 'references'),
    sequence: (number: number) => `Sequence of ${pictures(number)}`,
    extend: 'Extend a clip',
    edit: 'Edit a clip',
  },

  composer: {
    label: 'Composer',
    prompt: 'Prompt',
    promptHint: 'Say what happens between the frames',
    characters: (number: number) => count(number, 'character', 'characters'),
    tooLong: (number: number) => `${count(number, 'character', 'characters')} over`,
    left: (number: number) => `${count(number, 'character', 'characters')} left`,
    settings: 'Settings',
    duration: 'Duration',
    seconds: (number: number) => `${number} s`,
    resolution: 'Resolution',
    resolutions: { '720p': '720', '1080p': '1080', '4k': '4K' } satisfies Record<Resolution, string>,
    ratio: 'Ratio',
    audio: 'Audio',
    noPeople: 'No people',
    on: 'on',
    off: 'off',
    seed: 'Seed',
    seedAny: 'random',
    fixSeed: 'Fix a seed, so that the same recipe can be made again',
    freeSeed: 'Let the platform choose the seed',
    negativePrompt: 'Negative prompt',
    addNegativePrompt: 'Negative prompt',
    negativeHint: 'What must not be seen',
    hasNo: (provider: string, things: readonly string[]) => `${provider} has no ${list(things, 'or')}`,
    ignores: (provider: string, things: readonly string[]) =>
      `${provider} takes no notice of ${list(things)}; what is set is kept.`,
    things: { audio: 'sound', seed: 'seed', negativePrompt: 'negative prompt', noPeople: 'no people' },
    size: (ratio: string, width: number, height: number) => `${ratio} · ${width}×${height}`,
    generate: 'Generate',
    generateFor: (price: string) => `Generate · ${price}`,
    toFix: (number: number) => `${count(number, 'thing', 'things')} to fix first`,
    show: 'Show',
    noKeyYet: (provider: string) => `${provider} has no key yet: the job would wait for it.`,
    keyRefusedYet: (provider: string) => `${provider} refused the key: the job would wait for a new one.`,
    sendAnyway: 'You can send it anyway.',
    sendTo: (provider: string) => `Use ${provider}`,
    said: (provider: string, words: string) => `${provider} said: ${words}`,
    recipeLoaded: 'The recipe of this clip is in the composer.',
    /** What a one-click change threw away. */
    lost: {
      prompt: 'The prompt',
      negativePrompt: 'The negative prompt',
      cut: (text: string, length: number) =>
        `${text} was cut to ${count(length, 'character', 'characters')}.`,
      removed: (text: string) => `${text} was removed.`,
      pictures: (slots: readonly string[]) =>
        `${list(slots)} ${slots.length === 1 ? 'was' : 'were'} taken out. The library keeps what was there.`,
      clip: 'The source clip was taken out. The library keeps it.',
      address: 'The pasted address was dropped. The picture stays.',
    },
  },

  ...composeStrings,
  ...paidStrings,
  ...settingsStrings,

  stage: {
    label: 'Stage',
    empty: 'No clip on the stage',
    emptyHint: 'Pick a clip below, or fill the frames on the left and generate one.',
    firstRunTitle: 'Two frames, one clip',
    firstRunText:
      'Drop a first and a last frame on the left, or use the two samples. The animatic is free and made on this computer.',
    firstRunGenerate: 'Generate the sample · free',
    firstRunConnect: 'Connect a provider',
    missing: 'The file of this clip is not there.',
    missingHint:
      'It was moved or deleted outside Inbetween. Put it back, or reveal the folder to look for it.',
    undecodable: 'This clip cannot be played.',
    undecodableHint: 'Its picture could not be decoded. The file itself is untouched.',
    reveal: 'Reveal file',
    play: 'Play',
    pause: 'Pause',
    previousFrame: 'Previous frame',
    nextFrame: 'Next frame',
    scrub: 'Position',
    time: 'Time shown',
    duration: 'Length',
    loop: 'Loop',
    mute: 'Mute',
    unmute: 'Sound on',
    grab: 'Grab frame',
    grabFree: 'Grab into the first free slot',
    grabFirst: 'Grab as first frame',
    grabLast: 'Grab as last frame',
    grabMenu: 'More ways to grab the frame',
    extendTip: 'Extend this clip: it goes to the composer as source clip',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    rate: (rate: number) => `${rate > 0 ? '' : '−'}${Math.abs(rate)}×`,
    grabbed: (slot: string) => `Grabbed as ${slot.toLowerCase()}.`,
    grabbedFull: 'The slots are full. The frame is in the library.',
  },

  ...queueStrings,

  gallery: {
    label: 'Gallery',
    clips: 'Clips',
    all: 'All clips',
    found: 'Found',
    sort: 'Sort',
    sorts: { newest: 'Newest', oldest: 'Oldest', longest: 'Longest', name: 'Name' },
    size: 'Cell size',
    enlarge: 'Gallery in the full window',
    shrink: 'Show the stage again',
    resize: 'Height of the gallery',
    empty: 'No clips yet',
    emptyHint: 'What you generate lands here. Videos you drop on the window do too.',
    nothing: (search: string) => `Nothing matches “${search}”`,
    clipName: (title: string, duration: string, provider: string) =>
      provider === '' ? `${title}, ${duration}` : `${title}, ${duration}, ${provider}`,
    cookingName: (title: string, state: string, provider: string) => `${title}, ${state}, ${provider}`,
    loading: 'Loading',
  },

  inspector: {
    label: 'Inspector',
    empty: 'Pick a clip to see how it was made.',
    prompt: 'Prompt',
    noPrompt: 'none',
    provider: 'Provider',
    made: 'Made',
    imported: 'Imported',
    importedFrom: 'From file',
    took: (when: string, seconds: string) => `${when}, took ${seconds} s`,
    today: (time: string) => `Today ${time}`,
    yesterday: (time: string) => `Yesterday ${time}`,
    picture: 'Picture',
    pictureText: (width: number, height: number, fps: string, codec: string) =>
      `${width}×${height} · ${fps} fps · ${codec}`,
    length: 'Length',
    lengthText: (seconds: string) => `${seconds} s`,
    sound: 'Sound',
    hasSound: 'yes',
    cost: 'Cost',
    costUntold: (provider: string) => `${provider} did not say`,
    noSound: 'none',
    file: 'File',
    reveal: 'Reveal',
    size: 'Size',
    remark: 'Note',
    frames: 'Frames',
    noFrames: 'Made from the prompt alone.',
    use: 'Use this recipe',
  },

  intake: {
    label: 'Imported files',
    fill: (slots: readonly string[]) => `Drop to fill ${list(slots)}`,
    fillNext: (slot: string) => `The next picture goes to ${slot}. Videos go to the gallery.`,
    fillVideos: 'Videos go to the gallery.',
    full: 'Drop to keep the pictures in the library',
    fullHint: 'The slots are full; drop on a slot to replace its picture. Videos go to the gallery.',
    progress: (done: number, total: number, name: string) => `Importing ${done} of ${total} · ${name}`,
    starting: (total: number) => `Importing ${count(total, 'file', 'files')}`,
    progressLabel: 'Import',
    filled: (slots: readonly string[]) => `Filled ${list(slots)}.`,
    more: (number: number) =>
      `${count(number, 'more picture is', 'more pictures are')} in the library; slots are full.`,
    clips: (number: number) => `${count(number, 'video is', 'videos are')} in the gallery.`,
    refused: (number: number) => `${count(number, 'file was', 'files were')} not imported`,
    done: 'Import finished',
    tooLarge: 'This picture is over 100 MB. Save it as a file and drop the file, or make it smaller.',
    linkOnly:
      'The other program gave no picture and no https link. Save the picture to a file first, then drop the file here.',
    noPicture: 'That is no picture and no https link. Nothing was put there.',
    pastedName: 'pasted picture',
    badAnswer: 'The import gave no answer that could be read. Nothing was changed.',
  },

  crash: {
    title: 'The window stopped working',
    text: 'Your clips, pictures and jobs are safe, and so is what you typed. Loading the window again brings everything back.',
    reload: 'Load the window again',
  },
} as const

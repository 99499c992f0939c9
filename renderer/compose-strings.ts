import { count, list } from './count-words'

/** The texts of what came to the composer later: source clips, links, and the comparison of providers. */
export const composeStrings = {
  source: {
    title: 'Source clip',
    tag: 'clip',
    use: 'What becomes of the clip',
    uses: { extend: 'Extend', edit: 'Edit' },
    fromStage: 'Source clip: use the clip on the stage',
    choose: 'Source clip, choose a file',
    chooseTip: 'Clip to extend or edit: drop one, paste a link to an .mp4, or press E on the stage',
    dropHere: 'Drop to go on from it',
    clear: 'Clear source clip',
    name: (title: string, duration: string) => `${title}, ${duration}`,
    unknown: 'Clip',
    placed: 'The clip is in the composer, to be extended.',
    placedEdit: 'The clip is in the composer. Say in the prompt what changes.',
    missing: 'The source clip of the last session is no longer in the library. Its place is empty now.',
    extend: 'Extend',
    edit: 'Edit with a prompt',
    adds: '+7 s',
    addsTip: 'An extension adds seven seconds; that is the model’s own.',
  },

  link: {
    mark: (address: string) => `From ${address}`,
    tip: (address: string) =>
      `${address}\nPlatforms are given this address as it is. A copy lies in the library.`,
    fetching: 'the linked file',
    signedIn:
      'This address holds a user name or a password, and every platform would get it. Nothing was fetched. Save the picture to a file and drop the file.',
    noScheme:
      'This looks like an address without its beginning. Nothing was fetched. Copy it whole, from https:// on, and paste it again.',
    notHttps: 'Only public https addresses can be fetched. Save the picture to a file and drop the file.',
  },

  unsure: {
    mark: (text: string) => `${text}?`,
    name: (text: string) => `${text}, not documented`,
  },

  compare: {
    open: 'Compare on…',
    title: 'Compare on',
    intro: 'The same recipe on several providers: one job and one bill each.',
    none: 'No provider has a key yet.',
    connect: 'Connect a provider',
    noKeys: (names: string) => `No key yet: ${names}`,
    can: 'takes it as it is',
    asks: 'uncertain',
    asksMeans: (reason: string) => `${reason} You are asked before it is sent.`,
    needsBucket: 'Connect a bucket',
    all: (number: number) => `Change all ${number}`,
    changed: (changes: string) => `Changed here only: ${changes}`,
    putBack: 'Put back',
    mode: (mode: string) => `then: ${mode}`,
    choose: (provider: string) => `Send to ${provider}`,
    generate: (number: number) => `Generate on ${number}`,
    generateFor: (number: number, total: string) => `Generate on ${number} · ${total}`,
    choosing: 'Choose at least one',
    upTo: (credits: string) => `up to ${credits}`,
    plus: (parts: readonly string[]) => parts.join(' + '),
    unknown: (number: number) => `${number} unknown`,
    uncounted: (names: readonly string[]) =>
      names.length === 1
        ? `Not in this sum: ${list(names)}, whose price is unknown.`
        : `Not in this sum: ${list(names)}, whose prices are unknown.`,
    fixAll: (label: string, number: number) => `${label} for all ${number}`,
    overCap: (cap: 'day' | 'month', over: string) =>
      `Together this passes ${cap === 'day' ? 'today’s' : 'this month’s'} cap by ${over}: what does not fit waits in the queue.`,
    cancel: 'Cancel',
    queued: (made: number, unsent: readonly string[]) =>
      `${made === 0 ? '' : `${count(made, 'job is', 'jobs are')} in the queue. `}Nothing was sent to ${list(unsent, 'or')}.`,
  },
} as const

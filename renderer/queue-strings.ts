import type { JobState } from '../shared/job'
import { count } from './count-words'
import { timelineStrings } from './timeline-strings'

const times = (number: number) => (number === 1 ? 'once' : `${number.toLocaleString('en')} times`)

/** The texts of paid work: the queue's cards and details, banners, and the question what became of a job. */
export const queueStrings = {
  queue: {
    label: 'Queue',
    marks: {
      unknown: 'Outcome unknown',
      undelivered: 'Not delivered',
      failed: 'Failed',
      refused: 'Refused',
      expired: 'Thrown away',
      appeared: 'It did arrive',
      done: 'Done',
      budget: 'Budget',
      'no-key': 'No key',
      'key-refused': 'Key refused',
      'out-of-credit': 'No credit',
      price: 'Price unknown',
      creditsOnly: 'Price in credits',
      dearer: 'Price went up',
      held: 'Held',
    },
    wait: {
      turn: 'Waiting for its turn',
      paused: 'Waiting · the queue is paused',
      pausedAlone: 'Paused · not sent until you resume it',
      limit: (provider: string) => `Waiting · as many as allowed are running on ${provider}`,
      limitOf: (busy: number, most: number, provider: string) =>
        `Waiting · ${busy} of ${most} running on ${provider}`,
      rateLimited: (provider: string) => `Waiting · ${provider} asked us to slow down`,
      rateLimitedUntil: (provider: string, left: string) =>
        `Waiting · ${provider} asked us to slow down, next try in ${left}`,
      budgetSome: 'This would pass your limit',
      budget: (over: string) => `This would pass your limit by ${over}`,
      budgetOf: (cap: string, over: string) => `This would pass ${cap} by ${over}`,
      caps: {
        job: (limit: string) => `your ${limit} a clip`,
        day: (limit: string) => `today’s ${limit}`,
        month: (limit: string) => `this month’s ${limit}`,
        providerJob: (limit: string, provider: string) => `your ${limit} a clip on ${provider}`,
        providerDay: (limit: string, provider: string) => `your ${limit} a day on ${provider}`,
      },
      offline: 'Waiting · offline, it is sent when the connection is back',
      noKey: (provider: string) => `${provider} needs your key. It is sent when there is one.`,
      keyRefused: (provider: string) => `${provider} does not take the key. Nothing was sent.`,
      outOfCredit: (provider: string) =>
        `No credit left at ${provider}. Nothing was sent; it goes on when there is credit.`,
      down: (provider: string) => `Waiting · ${provider} does not answer`,
      bucket: 'Waiting · your bucket does not answer',
      bucketUntil: (time: string) => `Waiting · your bucket does not answer, next try ${time}`,
      downUntil: (provider: string, time: string) =>
        `Waiting · ${provider} does not answer, trying again at ${time}`,
      price: (provider: string) => `Allow it to send it: ${provider} does not say what this costs.`,
      creditsOnly: (provider: string) =>
        `Allow it, or set “A credit is worth” under Settings → ${provider}. It bills in credits.`,
      dearer: {
        untold: (provider: string) => `Allow it to send it: ${provider} no longer says what this costs.`,
        asked: (provider: string, price: string) =>
          `Allow it to send it: ${provider} asks ${price} now, more than you agreed to.`,
        /** The platform may ask as much as before, and the user have set another worth. */
        worth: (credits: string, price: string) =>
          `Allow it to send it: ${credits} come to ${price} now, more than you agreed to.`,
      },
      disk: 'Waiting · too little room on the disk for the clip',
      held: 'It is not sent without your word: it came back with a restored list.',
      library: 'Waiting · its library is not here. It goes on when the library is back.',
    },
    waitingShort: 'Waiting',
    pausedShort: 'Paused',
    sendingPictures: 'Sending pictures',
    sendingPicturesWord: (word: string) => `Sending pictures · ${word}`,
    submitting: (provider: string) => `Sending to ${provider} · no answer yet`,
    runningPercent: (provider: string, percent: number) => `${provider} · ${percent} %`,
    running: 'running',
    runningFor: (provider: string, word: string, elapsed: string) => `${provider} · ${word} · ${elapsed}`,
    runningOf: (provider: string, word: string, elapsed: string, usual: string) =>
      `${provider} · ${word} · ${elapsed} of about ${usual}`,
    runningLong: (provider: string, elapsed: string) =>
      `${provider} · ${elapsed} · taking longer than usual · still watching`,
    runningWord: (provider: string, word: string) => `${provider} · ${word}`,
    runningDown: (provider: string) => `${provider} does not answer · nothing is lost`,
    cancelAsked: (provider: string) => `Cancel asked · ${provider} decides · a clip that comes is kept`,
    quiet: (provider: string) => `Not watched · ${provider} goes on, the clip is still fetched`,
    saving: 'Saving',
    downloading: (done: string) => `Downloading · ${done} MB`,
    downloadingOf: (done: string, total: string) => `Downloading ${done} of ${total} MB`,
    unknown: (provider: string) => `${provider} did not answer after the request was sent.`,
    notResent: 'Nothing was resent.',
    checks: {
      asking: (provider: string) => `Looking for it at ${provider}.`,
      'not-there': 'Looked just now: not there yet.',
      uncertain: 'Looked just now: nothing certain yet.',
    },
    undelivered: (provider: string) => `Finished at ${provider}, the clip is not on this disk yet.`,
    kept: 'Your prompt and frames are kept.',
    cancelledUnsent: 'Cancelled before it was sent.',
    cancelledText: 'Stopped. The recipe is kept.',
    expired: (provider: string) => `Finished, but ${provider} has thrown the clip away.`,
    givenUp: (provider: string) => `You gave it up. It is still looked for at ${provider}.`,
    givenUpUnseen: (provider: string) => `You gave it up. It cannot be looked for at ${provider}.`,
    appeared: (provider: string) =>
      `You gave it up, and it has appeared at ${provider} since. The clip can be fetched.`,
    done: (took: string, price: string) => (price === '' ? took : `${took} · ${price}`),
    failedUnnamed: 'It stopped.',
    refusedBy: (provider: string) => `${provider} refused it.`,

    money: {
      notCharged: 'Nothing was charged.',
      charged: 'It was charged.',
      chargedAmount: (amount: string) => `${amount} was charged.`,
      refunded: 'The charge was given back.',
      maybe: 'It may have been charged.',
      reserved: 'It is not known yet whether it is charged.',
      shortCharged: (amount: string) => `${amount} charged`,
    },
    price: {
      maybe: 'maybe charged',
      notCharged: 'not charged',
      refunded: 'given back',
    },

    actions: {
      cancel: 'Cancel',
      'stop-watching': 'Stop watching',
      pause: 'Pause',
      unpause: 'Resume',
      edit: 'Edit',
      earlier: 'Move earlier',
      later: 'Move later',
      allow: 'Allow this one',
      send: 'Send',
      remove: 'Remove',
      connect: 'Connect',
      'new-key': 'New key',
      connection: 'Open connection',
      billing: 'Open billing page',
      check: 'Check again',
      resolve: 'Resolve…',
      fetch: 'Fetch again',
      'give-up': 'Give up',
      'edit-again': 'Edit and try again',
      'other-provider': 'Other provider…',
      'run-again': 'Run again',
      dismiss: 'Dismiss',
      show: 'Show',
    },
    tryOn: (provider: string) => `Try on ${provider}`,
    actionOn: (action: string, title: string) => `${action}: ${title}`,
    moreOf: (title: string) => `More: ${title}`,
    detailsOf: (title: string) => `Details: ${title}`,
    progressOf: (title: string) => `Progress of ${title}`,
    more: (number: number) => `and ${number.toLocaleString('en')} more`,
    needYouTip: 'Show the first card that needs you',
    collapsed: (number: number) => `Queue ${number.toLocaleString('en')}`,
    show: 'Show queue',
    pauseAll: 'Pause all',
    resumeAll: 'Resume all',
    isPaused: 'paused',
    tookBack: 'It is in the composer and no longer in the queue.',
    loadedForEdit: 'The recipe is in the composer.',
    formerIsBack: 'What was in the composer before is back.',
    loadJobAgain: 'Load the job again',
    finished: (title: string) => `${title} is ready`,
    needsYou: (title: string, what: string) => `${title}: ${what}`,

    details: {
      price: 'Price before',
      money: 'Money',
      billings: {
        none: 'nothing charged',
        estimated: 'estimated, not sent yet',
        reserved: 'reserved',
        charged: 'charged',
        released: 'released, nothing charged',
        refunded: 'charged and given back',
        maybe: 'maybe charged',
      },
      amount: (amount: string, billing: string) => `${amount} ${billing}`,
      listed: (amount: string) => `${amount} by the price list`,
      approximate: (amount: string) => `about ${amount}`,
      free: 'free',
      unknown: 'not known',
      remoteId: (provider: string) => `Job at ${provider}`,
      word: 'Its word',
      fields: 'Named fields',
      replaces: 'Takes the place of',
      replacedBy: 'Replaced by',
      other: (id: string) => `job ${id}`,
      timeline: 'Timeline',
      states: {
        waiting: 'waiting',
        'handing-over': 'sending pictures',
        submitting: 'sending',
        unknown: 'outcome unknown',
        running: 'running',
        downloading: 'downloading',
        undelivered: 'not delivered',
        done: 'done',
        failed: 'failed',
        refused: 'refused',
        cancelled: 'cancelled',
        expired: 'thrown away',
        'given-up': 'given up',
      } satisfies Record<JobState, string>,
      loading: 'Reading the timeline',
      noTimeline: 'Nothing has happened yet.',
      ...timelineStrings,
      lastAnswer: 'Last answer of the platform, secrets removed',
    },
  },

  banner: {
    label: 'State of the queue',
    unclean: 'The queue is paused because the last session ended unexpectedly. Nothing was lost.',
    restored:
      'The queue is paused because its list was restored from a backup. Look at the held jobs before you resume.',
    offline: (jobs: number) =>
      jobs === 0
        ? 'Offline. Your library works.'
        : `Offline. Your library works; ${count(jobs, 'job waits', 'jobs wait')}.`,
    lowDisk: (left: string) =>
      `${left} left on this disk. Downloads wait until there is room; platforms keep finished clips only for a while.`,
    held: (jobs: number) =>
      `${count(jobs, 'job is', 'jobs are')} held after a restore. None is sent without your word.`,
    resume: 'Resume',
    show: 'Show',
  },

  away: {
    arrived: (number: number) => `${count(number, 'clip', 'clips')} arrived`,
    problems: (number: number) => (number === 1 ? '1 needs you' : `${number.toLocaleString('en')} need you`),
    running: (number: number) => `${number.toLocaleString('en')} still running`,
    sentence: (parts: readonly string[]) => `While you were away: ${parts.join(', ')}.`,
  },

  resolve: {
    title: (provider: string, title: string) => `Did ${provider} accept “${title}”?`,
    happened: (provider: string, time: string) =>
      `${provider} did not answer after the request was sent, at ${time}.`,
    happenedUntimed: (provider: string) => `${provider} did not answer after the request was sent.`,
    byList: {
      found: (provider: string, number: number) =>
        number === 1
          ? `${provider}’s job list shows one job from about then that belongs to no clip here.`
          : `${provider}’s job list shows ${number.toLocaleString('en')} jobs from about then that belong to no clip here.`,
      noTrace: (provider: string, number: number) =>
        `There is no trace of it: ${provider}’s job list was searched ${times(number)}.`,
      noTraceYet: (provider: string, number: number) =>
        number === 0
          ? `${provider}’s job list was not searched yet. It may still appear.`
          : `No trace yet; ${provider}’s job list was searched ${times(number)}. It may still appear.`,
      searching: (provider: string) => `Searching ${provider}’s job list.`,
      notSearched: (provider: string) => `${provider}’s job list could not be read.`,
    },
    byNumber: {
      found: (provider: string, number: number) =>
        `${provider} knows ${count(number, 'job', 'jobs')} by our own number.`,
      noTrace: (provider: string, number: number) =>
        `There is no trace of it: ${provider} was asked for it by our own number ${times(number)}. It has no list of jobs; look on its site too.`,
      noTraceYet: (provider: string, number: number) =>
        number === 0
          ? `${provider} was not asked for it by our own number yet. It may still appear.`
          : `No trace yet; ${provider} was asked for it by our own number ${times(number)}. It may still appear.`,
      searching: (provider: string) => `Asking ${provider} for it by our own number.`,
      notSearched: (provider: string) => `${provider} could not be asked for it.`,
    },
    noList: (provider: string) =>
      `${provider} has no list of jobs, so Inbetween cannot look for it there. Look on its site: if the job is there, paste its id.`,
    openSite: (provider: string) => `Open ${provider}`,
    itArrived: 'It is there, with this id',
    taskId: 'The job’s id',
    taskIdHint: 'Paste the id from the platform’s site',
    choices: 'What became of it',
    thisOne: 'It is this one',
    sameMoment: 'at the same second as yours',
    after: (span: string) => `${span} after yours`,
    before: (span: string) => `${span} before yours`,
    nearest: (gap: string) => `nearest in time: ${gap}`,
    seconds: (number: number) => `${number} s`,
    minutes: (number: number) => `${number} min`,
    lookedNow: 'Looked just now.',
    notArrived: 'It did not arrive',
    sendAgain: (price: string) => `send again, ${price}`,
    sure: 'only if you are sure: if it did arrive, you pay twice',
    giveUp: 'Give up',
    giveUpText: 'keep the record; what it may have cost stays counted',
    later: 'Later',
    choose: 'Choose one',
    attach: 'Attach and fetch',
    again: (price: string) => `Send again · ${price}`,
    giveUpButton: 'Give up',
    checkAgain: 'Check again',
  },
} as const

/** The states a job of a local provider goes through; design/reliability.md draws the whole machine. */
export const jobStates = ['waiting', 'running', 'downloading', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** Nothing more happens to a job in one of these states. */
export function isTerminal(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}

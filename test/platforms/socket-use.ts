/** Counts the requests of each connection: 1 for its first. A connection is told by its socket or HTTP/2 session. */
export function createSocketUses(): (connection: object) => number {
  const uses = new WeakMap<object, number>()
  return (connection) => {
    const use = (uses.get(connection) ?? 0) + 1
    uses.set(connection, use)
    return use
  }
}

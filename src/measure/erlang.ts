/**
 * Requests that arrive at random, each of which takes a server or is refused: Erlang's loss formula. It holds whatever
 * the durations are distributed like, as long as their average is known.
 *
 * @see https://en.wikipedia.org/wiki/Erlang_(unit)#Erlang_B_formula
 */

/** More servers than this, and chance is of no account. */
const MANY = 1_000_000;

/** Share of requests that are refused. `offered` is their rate times their average duration. */
export function blocked(offered: number, servers: number): number {
  if (offered <= 0) return 0;
  if (servers > offered + 20 * Math.sqrt(offered) + 100) return 0;
  if (servers > MANY) return Math.max(0, 1 - servers / offered);
  let share = 1;
  for (let n = 1; n <= servers; n++) share = offered * share / (n + offered * share);
  return share;
}

/** The fewest servers that refuse no more than a share of the requests. */
export function serversFor(offered: number, refused: number): number {
  if (offered > MANY) return Math.ceil(offered);
  let share = 1;
  let servers = 0;
  while (offered > 0 && share > refused) {
    servers++;
    share = offered * share / (servers + offered * share);
  }
  return servers;
}

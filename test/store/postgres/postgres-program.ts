// A replica on a PostgreSQL store, run as a child process: `postgres-program.ts <port> <database> <open|claim>`. Prints
// `ready` and waits for standard input, so that several can start at the same moment. Then it opens the store, and
// prints `open` or the StoreError's code and message. With `claim` it claims due watches one by one, saves each as
// inspected, and prints their names as JSON.
import { once } from "node:events";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { anOutcome } from "../contract/states.ts";
import { StoreError } from "../../../src/store/store-error.ts";
import { saveRound } from "../../support/save-round.ts";

const [port, database = "", role] = process.argv.slice(2);
const server = {
  host: "127.0.0.1",
  port: Number(port),
  database,
  user: "postgres",
  password: undefined,
  tls: { kind: "disable" },
} as const;

try {
  process.stdout.write("ready\n");
  await once(process.stdin, "data");
  const store = await openPostgresStore({ server, pool: 5 });
  process.stdout.write("open\n");
  if (role === "claim") {
    const roundStartedAt = new Date();
    const names = (await store.list()).map(({ name }) => name);
    const taken: string[] = [];
    const work = async (): Promise<void> => {
      for (;;) {
        const now = new Date();
        const [claim] = await store.claimDue({ names, now, leaseMs: 60_000, limit: 1, which: "due", roundStartedAt });
        if (claim === undefined) return;
        taken.push(claim.watch);
        const nextDueAt = new Date(now.getTime() + 900_000);
        if (!(await saveRound(store, claim, anOutcome({ state: claim.state, checkedAt: now, nextDueAt }))))
          taken.push(`${claim.watch}: lost`);
      }
    };
    await Promise.all([work(), work(), work()]);
    process.stdout.write(`${JSON.stringify(taken)}\n`);
  }
  await store.close();
} catch (error) {
  process.stdout.write(error instanceof StoreError ? `${error.code}: ${error.message}\n` : `${String(error)}\n`);
}

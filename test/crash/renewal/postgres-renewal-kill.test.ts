import { describe, expect, it, onTestFinished } from "vitest";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { warmUp } from "../campaign.ts";
import { AIMS } from "./aims.ts";
import { killReplica } from "./kill-replicas.ts";

describe.skipIf(postgres === null)("two replicas on one PostgreSQL", () => {
  const database = useDatabase("empty");

  /** `npm run soak` kills at every moment. */
  it.each(AIMS.filter(({ at }) => at === "directly after the rename"))(
    "take over a renewal of a replica that is killed $at",
    { timeout: 180_000 },
    async (aim) => {
      const { compileCache, remove } = await warmUp();
      onTestFinished(remove);
      const { server, sql } = database();
      const url = `postgres://postgres@127.0.0.1:${server.port}/${server.database}`;
      expect(await killReplica(aim, { url, sql }, compileCache)).toMatchObject({
        place: "new, .previous",
        outcome: expect.stringMatching(/^open in_use not_proven/),
        wrong: [],
      });
    },
  );
});

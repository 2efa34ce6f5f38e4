import type { RenewerDeps } from "./deps.ts";
import type { WriteTarget } from "./ports.ts";

/**
 * Removes the kept old value. Returns true when it may still be there. The renewal then says so, and the first round
 * after its seven days tries again.
 */
export async function dropPrevious(
  { writer, log }: Pick<RenewerDeps, "writer" | "log">,
  watch: string,
  target: WriteTarget,
): Promise<boolean> {
  await writer.dropPrevious(target);
  const left = await writer.previous(target);
  if (left.ok && left.secret === null) return false;
  const reason = left.ok ? undefined : left.message;
  log.warn({ watch, reason }, "could not remove the old token that was kept in .previous; a later round tries again");
  return true;
}

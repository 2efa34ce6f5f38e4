import { AIMS } from "../crash/renewal/aims.ts";
import { killRenewal, type Row, tableOf } from "../crash/renewal/kill-renewals.ts";

/** Kills one renewal at each moment, and prints the table. Returns the exit code: 1 when something is wrong. */
export async function soakRenewals(compileCache: string, say: (line: string) => void): Promise<number> {
  say(`killing a renewal at ${AIMS.length} moments`);
  const rows: Row[] = [];
  for (const aim of AIMS) rows.push(await killRenewal(aim, compileCache));
  say(tableOf(rows));
  return rows.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}

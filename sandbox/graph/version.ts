/**
 * The version that answers: the requested one; the oldest live one when the request names none or a retired one (Graph
 * moves such calls without failing them); undefined for a version that does not exist yet.
 */
export function answeringVersion(asked: string | undefined, now: Date): string | undefined {
  const alive = versions.filter(({ until }) => until === undefined || now < new Date(until));
  const oldest = alive[0]?.name;
  if (asked === undefined || oldest === undefined || numberOf(asked) < numberOf(oldest)) return oldest;
  return alive.find(({ name }) => name === asked)?.name;
}

// Versions that are live around 2026-11, with their last days (Graph API changelog, read 2026-11).
const versions: readonly { readonly name: string; readonly until?: string }[] = [
  { name: "v21.0", until: "2027-01-21" },
  { name: "v22.0", until: "2027-05-20" },
  { name: "v23.0", until: "2027-10-08" },
  { name: "v24.0", until: "2028-02-18" },
  { name: "v25.0", until: "2028-07-29" },
  { name: "v26.0" },
];

function numberOf(name: string): number {
  return Number(name.slice(1));
}

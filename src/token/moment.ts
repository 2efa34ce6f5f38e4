/** Formats a time as "2026-11-27 08:00 UTC", for texts where the reader's time zone is not known. */
export function utcText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

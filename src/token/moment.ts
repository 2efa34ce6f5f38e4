/** An instant for people where no viewer's time zone is known: "2026-11-27 08:00 UTC". */
export const utcText = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

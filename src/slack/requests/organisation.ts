/**
 * True for IDs of Enterprise Grid organisations. IDs of workspaces begin with T (docs.slack.dev, Enterprise, read
 * 2026-11).
 */
export function isOrganisation(id: string | undefined): boolean {
  return id?.startsWith("E") === true;
}

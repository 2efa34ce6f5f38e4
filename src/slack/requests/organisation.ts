/**
 * True for IDs of Enterprise Grid organisations. IDs of workspaces begin with T (docs.slack.dev, Enterprise, read
 * 2026-11).
 */
export const isOrganisation = (id: string | undefined): boolean => id?.startsWith("E") === true;

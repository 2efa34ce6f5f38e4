/** Ids of Enterprise Grid organisations; workspaces have a T (docs.slack.dev, Enterprise, read 2026-11). */
export const isOrganisation = (id: string | undefined): boolean => id?.startsWith("E") === true;

/** Action IDs of status. The value of `page` is a StatusQuery. */
export const STATUS = {
  /** Shows one page of the list, in place of the page with the button. */
  page: "status.page",
  /** The same for the first page. Slack wants different IDs in one block. */
  first: "status.first",
  /** Opens the form that finds tokens by name. */
  find: "status.find",
} as const;

/** Callback ID of the form that finds tokens, and its one field. */
export const FIND_FORM = "status.find.form";
export const NAME_FIELD = "status.find.name";

import { label, rich, type Spans } from "../../../guide/rich-text.ts";

/** How to revoke an old token. Business settings revoke all tokens of a system user at once. */
export const REVOKE_SOONER: Spans = rich`To revoke it sooner, use Business settings. ${label("Revoke tokens")} there ends every token of its system user, often the new one too.`;

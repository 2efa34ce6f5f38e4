export type GraphHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The response before it is read. `cause` is a code such as `ECONNRESET` with an explanation, never an error message.
 */
export type RawReply = { readonly headers: GraphHeaders } & (
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  | { readonly kind: "too_large"; readonly status: number }
  | { readonly kind: "timeout" }
  | { readonly kind: "broken"; readonly cause: string }
);

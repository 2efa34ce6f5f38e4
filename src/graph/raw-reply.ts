export type GraphHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came over the wire, not looked at yet. `cause` is a code such as `ECONNRESET` with what is known of it, never a message. */
export type RawReply = { readonly headers: GraphHeaders } & (
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  | { readonly kind: "too_large"; readonly status: number }
  | { readonly kind: "timeout" }
  | { readonly kind: "broken"; readonly cause: string }
);

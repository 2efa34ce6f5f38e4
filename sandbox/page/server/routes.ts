import {
  isRequestPath,
  REQUESTS,
  type RequestBody,
  type RequestPath,
  type RequestResult,
} from "../protocol/requests.ts";
import { HttpError } from "./http.ts";

/**
 * The handler of each path in protocol/requests.ts. A handler throws HttpError when an action is impossible; see
 * place.ts.
 */
export type RequestHandlers<Paths extends RequestPath = RequestPath> = {
  readonly [P in Paths]: (body: RequestBody<P>) => Promise<RequestResult>;
};

/** Returns the function that handles a POST to this path; undefined for an unknown path. */
export type Routes = (path: string) => ((body: unknown) => Promise<RequestResult>) | undefined;

export function createRoutes(handlers: RequestHandlers): Routes {
  return (path) => (isRequestPath(path) ? route(path, handlers) : undefined);
}

/** Connects a path's schema with its handler. A body that does not fit the schema answers 400. */
const route =
  <P extends RequestPath>(path: P, handlers: RequestHandlers) =>
  async (body: unknown): Promise<RequestResult> => {
    const parsed = REQUESTS[path].safeParse(body);
    if (!parsed.success) throw new HttpError(400, "The request has the wrong format.");
    return handlers[path](parsed.data as RequestBody<P>);
  };

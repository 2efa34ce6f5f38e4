import { REQUESTS, type RequestBody, type RequestPath, type RequestResult } from "../protocol/requests.ts";
import { HttpError } from "./http.ts";

/** What each path of protocol/requests.ts does. A handler throws HttpError for what cannot be; see place.ts. */
export type RequestHandlers<Paths extends RequestPath = RequestPath> = {
  readonly [P in Paths]: (body: RequestBody<P>) => Promise<RequestResult>;
};

/** Answers a POST to this path; undefined when there is no such path. */
export type Routes = (path: string) => ((body: unknown) => Promise<RequestResult>) | undefined;

const isRequestPath = (path: string): path is RequestPath => Object.hasOwn(REQUESTS, path);

/** Binds a path's schema to its handler: a body of another shape is 400, whoever sent it. */
const route =
  <P extends RequestPath>(path: P, handlers: RequestHandlers) =>
  async (body: unknown): Promise<RequestResult> => {
    const parsed = REQUESTS[path].safeParse(body);
    if (!parsed.success) throw new HttpError(400, "That request has another shape.");
    return handlers[path](parsed.data as RequestBody<P>);
  };

/** The route table: every path of protocol/requests.ts with its handler. */
export const createRoutes =
  (handlers: RequestHandlers): Routes =>
  (path) =>
    isRequestPath(path) ? route(path, handlers) : undefined;

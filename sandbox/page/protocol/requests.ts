import { z } from "zod";
import { START_REQUESTS } from "./start-requests.ts";
import { SAMPLE_REQUESTS } from "./sample-requests.ts";
import { STORY_REQUESTS } from "./story-requests.ts";
import { TIME_REQUESTS } from "./time-requests.ts";
import { WORLD_REQUESTS } from "./world-requests.ts";

export type FieldInput = z.infer<typeof FieldInput>;

export type Place = z.infer<typeof Place>;

const id = z.string().min(1).max(255);

/** Id of the acting person. */
const as = id;

/** The input of a person: a text, or the values of the chosen options. */
const value = z.union([z.string().max(20_000), z.array(z.string().max(3000)).max(100)]);

const FieldInput = z.object({ blockId: id, actionId: id, value });

const fields = z.array(FieldInput).max(100);

const Place = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("modal"), viewId: id }),
  z.object({ kind: z.literal("home") }),
  z.object({ kind: z.literal("message"), channel: id, ts: id }),
]);

/** Requests for actions of people in Slack. */
const SLACK_REQUESTS = {
  "/api/command": z.object({ as, channel: id, text: z.string().max(8000) }),
  /** A pressed button has no value; a chosen option has one. `fields` are the values of the modal's other fields. */
  "/api/action": z.object({ as, place: Place, blockId: id, actionId: id, value: value.optional(), fields }),
  "/api/fill": z.object({ as, viewId: id, fields }),
  "/api/submit": z.object({ as, viewId: id, fields }),
  "/api/close": z.object({ as, viewId: id, all: z.boolean() }),
  "/api/home": z.object({ as, tab: z.enum(["home", "messages"]) }),
} as const;

/** Bodies of the page's requests, by route. Every request is a POST with JSON. */
export const REQUESTS = {
  ...SLACK_REQUESTS,
  ...WORLD_REQUESTS,
  ...TIME_REQUESTS,
  ...STORY_REQUESTS,
  ...START_REQUESTS,
  ...SAMPLE_REQUESTS,
} as const;

export type SlackPath = keyof typeof SLACK_REQUESTS;

export function isSlackPath(path: string): path is SlackPath {
  return Object.hasOwn(SLACK_REQUESTS, path);
}

export type WorldPath = keyof typeof WORLD_REQUESTS;
export type TimePath = keyof typeof TIME_REQUESTS;
export type StoryPath = keyof typeof STORY_REQUESTS;
export type StartPath = keyof typeof START_REQUESTS;
export type SamplePath = keyof typeof SAMPLE_REQUESTS;
export type RequestPath = keyof typeof REQUESTS;

export function isRequestPath(path: string): path is RequestPath {
  return Object.hasOwn(REQUESTS, path);
}

export type RequestBody<P extends RequestPath> = z.infer<(typeof REQUESTS)[P]>;

/**
 * The result of a request. `problem` is a sentence for the person; messages of Slack itself arrive through the stream.
 */
export interface RequestResult {
  readonly ok: boolean;
  readonly problem: string | null;
}

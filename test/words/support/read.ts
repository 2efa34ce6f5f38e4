import type { Spans } from "../../../src/guide/rich-text.ts";
import type { AlertText } from "../../../src/words/alert-text.ts";
import { plainText } from "../../../src/words/plain-text.ts";
import { utcText } from "../../../src/token/moment.ts";

/** Spans as a person reads them: commands as in Slack, dates in UTC, people by their ID. */
export const read = (spans: Spans): string =>
  plainText(spans, { command: (words) => `/wa-token ${words}`, date: utcText });

/** The parts of an alert as sentences, by name; the order is that of the message. */
export const readAlert = ({ standing, headline, impact, ...lists }: AlertText) => ({
  standing,
  headline: read(headline),
  impact: read(impact),
  cause: lists.cause.map(read),
  steps: lists.steps.map(read),
  responses: lists.responses.map(read),
  facts: lists.facts.map(read),
  times: lists.times.map(read),
});

// words/ has every sentence that people read, once. english/ has one file for each kind of text (an alert, a reply, a
// check result, …). Each sentence is a function of its values and returns spans; names, dates and numbers are values.
// Slack, the terminal and the docs render the same spans (slack/spans.ts, plain-text.ts). Views choose and arrange
// sentences, and contain none. To add a language, add a folder like english/ with the same type.
import { english } from "./english/english.ts";

export type Words = typeof english;

export const words: Words = english;

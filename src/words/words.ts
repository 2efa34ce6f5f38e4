// words/ holds every sentence that people read, once. english/ has one file for each thing that speaks (an alert, a reply,
// a check result, …). Each sentence is a function of the values in it and gives spans; names, dates and numbers are values.
// Slack, the terminal and the docs render the same spans (slack/spans.ts, plain-text.ts). Views choose and arrange sentences;
// they hold none. Another language is one more folder like english/, with the same type.
import { english } from "./english/english.ts";

export type Words = typeof english;

export const words: Words = english;

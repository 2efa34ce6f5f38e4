import { english } from "./english.ts";
import { hindi } from "./hindi.ts";
import { indonesian } from "./indonesian.ts";
import type { Language } from "./language.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";

/** The languages in which a topic is found. To add one: its file, and its line here. */
export const languages: readonly Language[] = [english, portuguese, spanish, indonesian, hindi];

import { english } from "./english.ts";
import { hindi } from "./hindi.ts";
import { indonesian } from "./indonesian.ts";
import type { Language } from "./language.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";

/** The languages that the search understands. To add a language, create its file and add it to this list. */
export const languages: readonly Language[] = [english, portuguese, spanish, indonesian, hindi];

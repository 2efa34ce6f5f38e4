import { RENEWED } from "./renewed.ts";
import { REVOKED } from "./revoked.ts";
import { ROTATION } from "./rotation.ts";
import { SATURDAY } from "./saturday.ts";
import type { Story } from "./story.ts";

export const STORIES: readonly Story[] = [SATURDAY, REVOKED, ROTATION, RENEWED];

import type { Sending, SendingEntity } from "../token/inspection.ts";
import { type Clean, LONGEST_MESSAGE } from "./clean.ts";
import { type HealthEntity, HealthStatus } from "./schema.ts";

/** Whether Meta blocks or limits sending, and the reasons. */
export interface SendingReport {
  /** Null when Graph did not say. */
  readonly sending: Sending | null;
  readonly obstacles: readonly string[];
  readonly obstructing?: readonly SendingEntity[];
  readonly accounts?: readonly string[];
}

/** The entity type of a WhatsApp account. */
const ACCOUNT = "WABA";

const LONGEST_WORD = 60;

const MOST_OBSTACLES = 5;

const WORDS: ReadonlyMap<string | undefined, Sending> = new Map([
  ["AVAILABLE", "available"],
  ["LIMITED", "limited"],
  ["BLOCKED", "blocked"],
]);

const BADNESS: Record<Sending, number> = { available: 0, limited: 1, blocked: 2 };

/**
 * "Calling is not set up" does not affect messages, but Meta lowers the whole value for it (health status, read
 * 2026-11).
 */
const isCalling = (code: number | undefined): boolean => code === 138024 || code === 138025;

/** Does not read `can_receive_call_sip`, because it is about calls. */
const sendingOf = (entity: HealthEntity): Sending | undefined => {
  const errors = entity.errors ?? [];
  if (errors.length > 0 && errors.every((error) => isCalling(error.error_code))) return "available";
  return WORDS.get(entity.can_send_message);
};

const sentence = (text: string): string => (text === "" || /[.!?]$/.test(text) ? text : `${text}.`);

const obstaclesOf = (entity: HealthEntity): readonly string[] => [
  ...(entity.additional_info ?? []),
  ...(entity.errors ?? [])
    .filter((error) => !isCalling(error.error_code))
    .map((error) =>
      [error.error_description, error.possible_solution].map((text) => sentence(text?.trim() ?? "")).join(" "),
    ),
];

const entityOf = ({ entity_type, id }: HealthEntity, clean: Clean): readonly SendingEntity[] =>
  entity_type === undefined
    ? []
    : [{ type: clean(entity_type, LONGEST_WORD), id: id === undefined ? null : clean(id, LONGEST_WORD) }];

/** An object with the property, or an empty object when there are no values. */
const some = <K extends string, T>(key: K, values: readonly T[]): Partial<Record<K, readonly T[]>> =>
  values.length === 0 ? {} : ({ [key]: values } as Record<K, readonly T[]>);

/** Reads `health_status`. The worst entity decides. The top-level value decides only when there are no entities. */
export const readSending = (value: unknown, clean: Clean): SendingReport => {
  const parsed = HealthStatus.safeParse(value);
  if (!parsed.success) return { sending: null, obstacles: [] };
  const { entities = [], can_send_message } = parsed.data;
  if (entities.length === 0) return { sending: WORDS.get(can_send_message) ?? null, obstacles: [] };
  const named = entities.flatMap((entity) => entityOf(entity, clean));
  const accounts = named.flatMap(({ type, id }) => (type === ACCOUNT && id !== null ? id : []));
  const judged = entities.map((entity) => ({ entity, sending: sendingOf(entity) }));
  const known = judged.flatMap(({ sending }) => sending ?? []);
  const worst = known.reduce<Sending | null>(
    (bad, sending) => (bad === null || BADNESS[sending] > BADNESS[bad] ? sending : bad),
    null,
  );
  if (worst === null || worst === "available") return { sending: worst, obstacles: [], ...some("accounts", accounts) };
  const worstOnes = judged.filter(({ sending }) => sending === worst).map(({ entity }) => entity);
  const texts = worstOnes
    .flatMap(obstaclesOf)
    .slice(0, MOST_OBSTACLES)
    .map((text) => clean(text, LONGEST_MESSAGE));
  return {
    sending: worst,
    obstacles: [...new Set(texts)].filter((text) => text !== ""),
    ...some("obstructing", worstOnes.flatMap((entity) => entityOf(entity, clean)).slice(0, MOST_OBSTACLES)),
    ...some("accounts", accounts),
  };
};

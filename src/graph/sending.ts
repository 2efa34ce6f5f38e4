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

/** Reads `health_status`. The worst entity decides. The top-level value decides only when there are no entities. */
export function readSending(value: unknown, clean: Clean): SendingReport {
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
function isCalling(code: number | undefined): boolean {
  return code === 138024 || code === 138025;
}

/** Does not read `can_receive_call_sip`, because it is about calls. */
function sendingOf(entity: HealthEntity): Sending | undefined {
  const errors = entity.errors ?? [];
  if (errors.length > 0 && errors.every((error) => isCalling(error.error_code))) return "available";
  return WORDS.get(entity.can_send_message);
}

function sentence(text: string): string {
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}

function obstaclesOf(entity: HealthEntity): readonly string[] {
  return [
    ...(entity.additional_info ?? []),
    ...(entity.errors ?? [])
      .filter((error) => !isCalling(error.error_code))
      .map((error) =>
        [error.error_description, error.possible_solution].map((text) => sentence(text?.trim() ?? "")).join(" "),
      ),
  ];
}

function entityOf({ entity_type, id }: HealthEntity, clean: Clean): readonly SendingEntity[] {
  return entity_type === undefined
    ? []
    : [{ type: clean(entity_type, LONGEST_WORD), id: id === undefined ? null : clean(id, LONGEST_WORD) }];
}

/** An object with the property, or an empty object when there are no values. */
function some<K extends string, T>(key: K, values: readonly T[]): Partial<Record<K, readonly T[]>> {
  return values.length === 0 ? {} : ({ [key]: values } as Record<K, readonly T[]>);
}

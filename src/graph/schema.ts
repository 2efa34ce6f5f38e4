import { z } from "zod";

// The schemas are lenient on purpose: IDs are strings or numbers, and fields come and go with API versions. A field
// with a wrong type counts as absent, so that one surprise does not hide the other fields (debug_token reference, read
// 2026-11).
const text = z.string().optional().catch(undefined);

const code = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

/**
 * `error` of an answer, or `data.error` of `/debug_token`, which has `subcode` (error handling guide, read 2026-11).
 */
export const ErrorBody = z.object({
  message: text,
  code,
  error_subcode: code,
  subcode: code,
  is_transient: z.boolean().optional().catch(undefined),
  fbtrace_id: text,
});

export type ErrorBody = z.infer<typeof ErrorBody>;

const someId = z.union([z.string().min(1), z.int().nonnegative().transform(String)]);
const id = someId.optional().catch(undefined);

/** Epoch seconds, not validated here. epoch.ts reads them. */
const seconds = z.unknown().optional();

const strings = z
  .array(z.unknown())
  .transform((items) => items.filter((item) => typeof item === "string"))
  .optional()
  .catch(undefined);

/** `data` of `GET /debug_token`. */
export const DebugTokenBody = z.object({
  app_id: id,
  application: text,
  type: text,
  user_id: id,
  is_valid: z.boolean().optional().catch(undefined),
  issued_at: seconds,
  expires_at: seconds,
  data_access_expires_at: seconds,
  scopes: strings,
  error: z.unknown().optional(),
});

export type DebugTokenBody = z.infer<typeof DebugTokenBody>;

/** `granular_scopes` in `data` of `GET /debug_token`. */
export const TargetsBody = z.object({
  granular_scopes: z
    .array(z.object({ scope: z.string(), target_ids: z.array(someId).catch([]) }).catch({ scope: "", target_ids: [] }))
    .catch([]),
});

/** `GET /me` and `GET /app`. */
export const NamedBody = z.object({ id: someId, name: text });

/** `GET /me/permissions`. */
export const PermissionsBody = z.object({
  data: z.array(z.object({ permission: z.string(), status: z.string() }).or(z.unknown().transform(() => null))),
});

/** `GET /oauth/access_token`. */
export const RefreshBody = z.object({ access_token: text });

/** `GET /oauth/revoke`. Meta's sample has the string "true" (system users, install apps, read 2026-11). */
export const RevokeBody = z.object({
  success: z
    .union([z.boolean(), z.literal("true").transform(() => true)])
    .optional()
    .catch(undefined),
});

/** `GET /{whatsapp-business-account-id}/phone_numbers`. */
export const NumbersBody = z.object({
  data: z.array(z.object({ id: someId, display_phone_number: text, verified_name: text })),
});

/** `GET /{phone-number-id}` and `GET /{whatsapp-business-account-id}`. */
export const AssetBody = z.object({
  id,
  name: text,
  verified_name: text,
  display_phone_number: text,
  status: text,
  platform_type: text,
  health_status: z.unknown().optional(),
});

export type AssetBody = z.infer<typeof AssetBody>;

export type HealthEntity = z.infer<typeof HealthEntity>;

const HealthError = z.object({ error_code: code, error_description: text, possible_solution: text });

const HealthEntity = z.object({
  entity_type: text,
  id,
  can_send_message: text,
  additional_info: strings,
  errors: z.array(HealthError.catch({})).optional().catch(undefined),
});

/** `health_status` (WhatsApp messaging health status, read 2026-11). */
export const HealthStatus = z.object({
  can_send_message: text,
  entities: z.array(HealthEntity.catch({})).optional().catch(undefined),
});

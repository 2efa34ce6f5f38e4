import type { Language } from "./language.ts";

/** Other forms of the keywords, and synonyms. */
export const english: Language = {
  words: {
    expire: "lapse lapses ends ending",
    expired: "lapsed ended outdated",
    renew: "renewing renewed prolong prolonging",
    refresh: "refreshing refreshed",
    rotate: "rotating rotated replace replacing",
    revoke: "revoking revocation withdraw",
    revoked: "withdrawn cancelled canceled",
    permission: "authorization authorisation rights privileges",
    died: "dies dying",
    generate: "obtain generating generated generation",
    create: "creating created",
    assign: "assigning assigned assignment",
    check: "checking checked",
    verify: "verifying verified",
    register: "registering",
    leak: "leaking",
    disabled: "deactivated",
    deleted: "removed",
    error: "fault",
    problem: "trouble issue",
    settings: "configuration",
    phone: "mobile telephone",
    password: "passphrase",
    message: "msg sms",
  },
  fillers: "hi hello hey thanks thank you need want would could should about again any still just now",
};

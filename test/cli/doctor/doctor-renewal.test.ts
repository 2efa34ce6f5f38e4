import { describe, expect, it } from "vitest";
import { adminsLine } from "../../../src/cli/doctor/admins.ts";
import type { Line } from "../../../src/cli/doctor/line.ts";
import { type AskRenewal, type RenewedWatch, renewalLines } from "../../../src/cli/doctor/renewal.ts";
import type { Held, Proof, RenewSettings } from "../../../src/renewal/ports.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import type { SourceReading } from "../../../src/token/secret/source.ts";
import { fakeToken } from "../../support/fake-token.ts";

const used = new Secret(fakeToken("used"));
const other = new Secret(fakeToken("other"));
const USED = fingerprintOf(used);
const OTHER = fingerprintOf(other);

/** Advice for another place: a running bot, or Slack. */
const ELSEWHERE = /next check|check again|checks again|\bpress\b|\bbutton|try again/i;

const FILE = { kind: "file", path: "/run/token" } as const;
const HTTPS: Proof = { kind: "url", url: "https://orders.internal/fingerprint?key=hidden" };
const COMMAND: Proof = { kind: "exec", argv: ["ask-app", "--key", "hidden"] };

const watchOf = (renew: Partial<RenewSettings>, name = "orders"): RenewedWatch => ({
  name,
  source: FILE,
  renew: { write: undefined, beforeMs: undefined, proofs: [], ...renew },
});

interface Parts {
  readonly held?: Held;
  readonly answer?: Awaited<ReturnType<AskRenewal["readProof"]>>;
  readonly reading?: SourceReading;
}

const GIVES_USED: SourceReading = { ok: true, secret: used, note: null };
const GIVES_NONE: SourceReading = { ok: false, message: "Could not read file /run/token: it is empty." };

const askOf = ({ held, answer, reading = GIVES_USED }: Parts): AskRenewal => ({
  checkPlace: () => Promise.resolve(held ?? { ok: true, secret: used }),
  readProof: () => Promise.resolve(answer ?? { ok: true, fingerprints: [USED] }),
  readSource: () => Promise.resolve(reading),
});

const linesOf = (parts: Parts, renew: Partial<RenewSettings>): Promise<readonly Line[]> =>
  renewalLines(askOf(parts), [watchOf(renew)]);

describe("doctor about the place for a new token", () => {
  const exec = { kind: "exec", argv: ["vault", "kv", "patch", "hidden"] } as const;
  const dotenv = { kind: "dotenv", path: "/srv/.env", name: "WA_TOKEN" } as const;
  const refusal = "Cannot save to file /run/token: the file is read-only. Give its owner write permission.";

  it.each<[string, Parts & { write: NonNullable<RenewSettings["write"]> }, Line["status"], string]>([
    ["a place that can be written", { write: FILE }, "ok", "can be saved in file /run/token. Doctor wrote nothing."],
    ["a command, which it does not run", { write: exec }, "ok", "command vault can be started. Doctor did not run it."],
    ["a place that cannot be written", { write: FILE, held: { ok: false, message: refusal } }, "problem", refusal],
    [
      "a place with another value than the source",
      { write: dotenv, held: { ok: true, secret: other } },
      "warning",
      "WA_TOKEN in /srv/.env, but that place has another value, and the bot reads a token from file /run/token.",
    ],
    [
      "a place without a token, while the source gives one",
      { write: dotenv, held: { ok: true, secret: null } },
      "warning",
      "that place has no token",
    ],
    [
      "an empty place of a watch that never had a token",
      { write: FILE, held: { ok: true, secret: null }, reading: GIVES_NONE },
      "ok",
      "can be saved in file /run/token",
    ],
  ])("reports %s", async (_name, { write, ...parts }, status, text) => {
    const lines = await linesOf(parts, { write });
    expect(lines).toEqual([{ status, topic: "Renewal of orders", text: expect.stringContaining(text) as string }]);
    expect(lines[0]?.text).not.toMatch(/hidden/);
  });
});

describe("doctor about the token that an app uses", () => {
  const WRONG = "No answer within 5 s. Check that the app runs.";

  it.each<[string, Parts & { proof?: Proof }, Line["status"], string]>([
    [
      "the token of the source",
      {},
      "ok",
      `https://orders.internal/fingerprint uses the token of the source (${USED}).`,
    ],
    ["the same in every process", { answer: { ok: true, fingerprints: [USED, USED] } }, "ok", "uses the token of"],
    [
      "another token",
      { answer: { ok: true, fingerprints: [OTHER] } },
      "warning",
      `uses another token (${OTHER}) than the source gives (${USED}).`,
    ],
    [
      "another token in one of several processes",
      { answer: { ok: true, fingerprints: [USED, OTHER, OTHER] } },
      "warning",
      `uses another token (${OTHER}) than`,
    ],
    ["no fingerprint", { answer: { ok: true, fingerprints: [] } }, "problem", "gave no fingerprint."],
    [
      "a failure of a command, by the command's name",
      { proof: COMMAND, answer: { ok: false, message: WRONG } },
      "no_answer",
      `command ask-app: ${WRONG}`,
    ],
    [
      "a token that cannot be compared",
      { reading: GIVES_NONE },
      "not_tried",
      `gave ${USED}. Not compared, because the source gives no token.`,
    ],
    [
      "a token that cannot be compared with a short value",
      { reading: { ok: true, secret: new Secret("q9z"), note: null } },
      "not_tried",
      "Not compared",
    ],
  ])("reports %s", async (_name, { proof = HTTPS, ...parts }, status, text) => {
    const lines = await linesOf(parts, { proofs: [proof] });
    expect(lines).toEqual([{ status, topic: "Proof of orders", text: expect.stringContaining(text) as string }]);
    expect(lines[0]?.text).not.toMatch(/hidden/);
  });

  it("asks every app of a watch, 20 in all, and says how many it left", async () => {
    const watches = Array.from({ length: 11 }, (_, at) => watchOf({ proofs: [HTTPS, COMMAND] }, `w${at}`));
    let asked = 0;
    const readProof: AskRenewal["readProof"] = () => {
      asked += 1;
      return Promise.resolve({ ok: true, fingerprints: [USED] });
    };
    const lines = await renewalLines({ ...askOf({}), readProof }, watches);
    expect(asked).toBe(20);
    expect(lines.at(-1)?.text).toMatch(/^2 more proofs were not asked, because doctor asks at most 20\.$/);
  });

  it("asks no app while a variable of the network is wrong", async () => {
    const blocked: Line = { status: "not_tried", topic: "Proof", text: "fix NODE_DEBUG first." };
    const never: AskRenewal = { ...askOf({}), readProof: () => Promise.reject(new Error("asked")) };
    expect(await renewalLines(never, [watchOf({ proofs: [HTTPS] })], blocked)).toEqual([blocked]);
    expect(await renewalLines(never, [watchOf({})], blocked)).toEqual([]);
  });
});

it("advises a person at a terminal about renewals", async () => {
  const failing: Parts = {
    held: { ok: false, message: "Cannot save to file /t: its folder does not exist." },
    answer: { ok: false, message: "The app answered HTTP 500. Check the address and the app's log." },
  };
  const odd: Parts = { held: { ok: true, secret: other }, answer: { ok: true, fingerprints: [OTHER] } };
  const none: Parts = { held: { ok: true, secret: null }, answer: { ok: true, fingerprints: [] } };
  for (const parts of [failing, odd, none])
    for (const { text } of await linesOf(parts, { write: FILE, proofs: [HTTPS] })) {
      expect(text).not.toMatch(ELSEWHERE);
      expect(text).toMatch(/Then run this again\.$/);
    }
});

describe("doctor about ADMIN_USERS", () => {
  it.each<[string, readonly string[] | undefined, boolean, Line["status"], string]>([
    ["nobody, while no watch is renewed", undefined, false, "not_tried", "so there is no renewal from Slack."],
    ["nobody, while a watch is renewed", undefined, true, "warning", "so there is no renewal from Slack."],
    ["one person", ["U0ROBIN"], true, "ok", "1 person may renew tokens in Slack (ADMIN_USERS)."],
    ["several people", ["U0ROBIN", "U0BEN"], false, "ok", "2 people may renew tokens in Slack (ADMIN_USERS)."],
  ])("reports %s", (_name, people, isRenewed, status, text) => {
    expect(adminsLine(people, isRenewed)).toEqual({
      status,
      topic: "Renewals",
      text: expect.stringContaining(text) as string,
    });
  });
});

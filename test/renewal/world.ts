import { pino } from "pino";
import type { AuditEntry } from "../../src/renewal/audit.ts";
import type { RenewerDeps } from "../../src/renewal/deps.ts";
import type { Exchanged, RenewSettings, WriteTarget } from "../../src/renewal/ports.ts";
import type { Renewal } from "../../src/renewal/renewal.ts";
import type { Expiry } from "../../src/token/expiry.ts";
import { fingerprintOf, reveal, Secret } from "../../src/token/secret/secret.ts";
import type { SourceReading } from "../../src/token/secret/source.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { aCard, aFinding, after, anUnknown, SCOPES } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { createVirtualTime } from "../support/virtual-time.ts";
import { APP, aToken, DAY } from "./renewals.ts";

/** What Meta knows about a token. */
interface Issued {
  readonly alive: boolean;
  readonly expiry: Expiry;
  readonly scopes: readonly string[];
  readonly appId: string;
}

/** The program died at this point. */
export class Crash extends Error {}

export const FILE = { kind: "file", path: "/run/token" } as const satisfies WriteTarget;
const VARIABLE = "variable";

/**
 * Meta, a disk, an app and a store in memory. Fields are the knobs of a test. `crashIn` names the port whose call ends
 * the program.
 */
export class World {
  readonly time = createVirtualTime();
  readonly issued = new Map<string, Issued>();
  readonly disk = new Map<string, Secret>();
  readonly previous = new Map<string, Secret>();
  readonly renewals = new Map<string, Renewal>();
  readonly entries: AuditEntry[] = [];
  readonly calls: string[] = [];
  /** Every value that was saved at the place, by fingerprint. */
  readonly saved: string[] = [];
  readonly revoked: string[] = [];
  readonly inspected: (readonly string[])[] = [];
  readonly acknowledged: string[] = [];
  settings: RenewSettings = { write: FILE, beforeMs: undefined, proofs: [] };
  /** The last saved verdict. Undefined: of the token that the source gives. */
  last: Verdict | undefined;
  watched = true;
  /** The program has all watches. */
  knowsAll = true;
  /** Checks have had no answer for long. */
  unanswered = false;
  away = false;
  exchanged: (old: Secret) => Exchanged = () => ({ ok: true, secret: this.issue("fresh", 60) });
  revokes = true;
  /** Meta answers nothing any more once it has revoked a token. */
  answerLost = false;
  full = false;
  /** An ID that no token but the old one reaches. */
  unreached: string | undefined;
  /** The source is a variable: it keeps this value until a restart. */
  variable: Secret | undefined;
  /** Fingerprints that the app gives. Undefined: it uses the value on the disk. */
  uses: readonly string[] | undefined;
  others = new Map<string, Verdict | null>();
  /** What the sources of the other watches give. */
  otherSource: SourceReading = { ok: false, message: "It is missing." };
  crashIn: string | undefined;
  beforeSave: (() => void) | undefined;
  #claims = new Set<string>();
  #ids = 0;

  constructor() {
    this.disk.set(FILE.path, this.issue("old", 10));
  }

  issue(name: string, days: number | null, scopes: readonly string[] = SCOPES, appId = APP): Secret {
    const secret = new Secret(fakeToken(name));
    const expiry: Expiry =
      days === null ? { kind: "never" } : { kind: "at", at: new Date(this.time.now().getTime() + days * DAY) };
    this.issued.set(fingerprintOf(secret), { alive: true, expiry, scopes, appId });
    return secret;
  }

  print(name: string): string {
    return fingerprintOf(new Secret(fakeToken(name)));
  }

  kill(name: string): void {
    const known = this.issued.get(this.print(name));
    if (known !== undefined) this.issued.set(this.print(name), { ...known, alive: false });
  }

  isAlive(fingerprint: string): boolean {
    return this.issued.get(fingerprint)?.alive === true;
  }

  onDisk(): string {
    const secret = this.disk.get(FILE.path);
    return secret === undefined ? "" : fingerprintOf(secret);
  }

  kept(): string {
    const secret = this.previous.get(FILE.path);
    return secret === undefined ? "" : fingerprintOf(secret);
  }

  /** The next program. The store frees the claims of a dead one. */
  restart(): void {
    this.#claims = new Set();
    this.crashIn = undefined;
    this.time.pass(60_000);
    if (this.variable !== undefined) this.variable = this.disk.get(FILE.path);
  }

  steps(id = "renewal-1"): readonly string[] {
    return (this.renewals.get(id)?.steps ?? []).map(({ step, state, detail }) => `${step} ${state} ${detail.kind}`);
  }

  audit(): readonly string[] {
    return this.entries.flatMap((entry) => {
      if (entry.kind !== "renewal") return [];
      const { event } = entry;
      if (event.kind === "step") return [`${event.result.step} ${event.result.state}`];
      return [event.kind === "ended" ? `ended ${event.outcome}` : event.kind];
    });
  }

  deps(background = false): RenewerDeps {
    const { time } = this;
    return {
      exchange: async (old) => this.#at("exchange", () => this.exchanged(old)),
      revoke: async (old) =>
        this.#at("revoke", () => {
          this.revoked.push(fingerprintOf(old));
          const known = this.issued.get(fingerprintOf(old));
          if (this.revokes && known !== undefined) this.issued.set(fingerprintOf(old), { ...known, alive: false });
          if (this.answerLost) this.away = true;
          if (this.answerLost) return { ok: false, message: "Meta did not answer." };
          return this.revokes ? { ok: true } : { ok: false, message: "Meta refused." };
        }),
      writer: {
        check: async () => this.#at("check", () => ({ ok: true, secret: this.disk.get(FILE.path) ?? null })),
        save: async (_, secret, expected) => this.#at("save", () => this.#save(secret, expected)),
        previous: async () => this.#at("previous", () => ({ ok: true, secret: this.previous.get(FILE.path) ?? null })),
        putBack: async (_, ours) =>
          this.#at("putBack", () => {
            const old = this.previous.get(FILE.path);
            if (this.onDisk() !== ours || old === undefined) return { ok: false, kind: "changed" };
            this.disk.set(FILE.path, old);
            this.previous.delete(FILE.path);
            return { ok: true };
          }),
        clean: async () => this.#at("clean", () => undefined),
        dropPrevious: async () => this.#at("drop", () => void this.previous.delete(FILE.path)),
      },
      readProof: async () => this.#at("proof", () => ({ ok: true, fingerprints: this.uses ?? [this.onDisk()] })),
      store: {
        startRenewal: async (renewal, entries) => {
          const open = [...this.renewals.values()].find(
            (other) =>
              other.endedAt === null &&
              (other.watch === renewal.watch || (other.place !== null && other.place.key === renewal.place?.key)),
          );
          if (open !== undefined) return { open };
          this.renewals.set(renewal.id, renewal);
          this.entries.push(...entries);
          return null;
        },
        saveRenewal: async (renewal, entries) =>
          this.#at("store", () => {
            if (this.renewals.get(renewal.id)?.revision !== renewal.revision - 1) return false;
            this.renewals.set(renewal.id, renewal);
            this.entries.push(...entries);
            return true;
          }),
        findRenewal: async (watch) => [...this.renewals.values()].findLast((renewal) => renewal.watch === watch),
        renewalById: async (id) => this.renewals.get(id),
        renewals: async () => [...this.renewals.values()],
        claimRenewal: async (id) => !this.#claims.has(id) && this.#claims.add(id).has(id),
        releaseRenewal: async (id) => {
          // A dead program releases nothing.
          if (this.crashIn === undefined) this.#claims.delete(id);
        },
        record: async (entries) => {
          this.entries.push(...entries);
        },
      },
      card: (name) => (this.watched ? aCard({ name }) : undefined),
      isRemoved: () => !this.watched && this.knowsAll,
      settings: () => this.settings,
      unattended: () => this.#unattended(),
      placeOf: (target) => {
        const key = target.kind === "exec" ? target.argv.join(" ") : target.path;
        return { key: `${target.kind}:${key}`, label: `${target.kind} ${key}` };
      },
      scopes: () => SCOPES,
      app: async () => ({ ok: true, app: { id: APP, secret: new Secret(fakeToken("appkey")) } }),
      examine: async (_, secret) => this.#at("examine", () => this.#verdict(secret)),
      readSource: async (watch) =>
        this.others.has(watch) ? this.otherSource : this.#at("source", () => this.#source()),
      verdicts: async () => this.#verdicts(),
      isUnanswered: async () => this.unanswered,
      criticalMs: () => DAY,
      inspectNow: async (watches) => this.inspected.push(watches),
      acknowledge: async (watch) => {
        this.acknowledged.push(watch);
      },
      textOf: ({ code }) => `about ${code}`,
      now: time.now,
      wait: time.wait,
      newId: () => `renewal-${++this.#ids}`,
      log: pino({ level: "silent" }),
      background,
    };
  }

  #at<T>(port: string, work: () => T): T {
    this.calls.push(port);
    if (this.crashIn === `${port} before`) throw new Crash(port);
    const value = work();
    if (this.crashIn === port) throw new Crash(port);
    return value;
  }

  #source() {
    const secret = this.variable ?? this.disk.get(FILE.path);
    if (secret === undefined) return { ok: false, message: "It is missing." } as const;
    return { ok: true, secret, note: this.variable === undefined ? null : VARIABLE } as const;
  }

  #save(secret: Secret, expected: Secret | null) {
    this.beforeSave?.();
    if (this.full) return { ok: false, kind: "failed", message: "The disk is full." } as const;
    const held = this.disk.get(FILE.path);
    if ((held === undefined ? null : reveal(held)) !== (expected === null ? null : reveal(expected)))
      return { ok: false, kind: "changed" } as const;
    if (held !== undefined) this.previous.set(FILE.path, held);
    this.disk.set(FILE.path, secret);
    this.saved.push(fingerprintOf(secret));
    return { ok: true } as const;
  }

  #verdicts(): ReadonlyMap<string, Verdict | null> {
    const secret = this.variable ?? this.disk.get(FILE.path);
    const last = this.last ?? (secret === undefined ? null : this.#verdict(secret));
    return new Map([["orders-prod", last], ...this.others]);
  }

  async *#unattended(): ReturnType<RenewerDeps["unattended"]> {
    if (this.settings.beforeMs === undefined) return;
    for (const [watch, verdict] of this.#verdicts()) if (verdict !== null) yield { watch, verdict };
  }

  #verdict(secret: Secret): Verdict {
    const fingerprint = fingerprintOf(secret);
    const known = this.issued.get(fingerprint);
    if (this.away) return anUnknown();
    if (known?.alive !== true)
      return aToken({ fingerprint }, { state: "revoked", alive: false, findings: [aFinding("revoked")] });
    const missing = SCOPES.some((scope) => !known.scopes.includes(scope));
    const bad = missing ? { findings: [aFinding("scope_missing")] } : {};
    const { expiry, scopes, appId } = known;
    const token = aToken(
      { fingerprint, expiry, scopes, appId },
      { ...bad, checkedAt: after(this.time.now().getTime() - after(0).getTime()) },
    );
    if (fingerprint === this.print("old")) return token;
    const assets = token.assets.map((asset) =>
      asset.id === this.unreached ? { ...asset, reach: "refused" as const } : asset,
    );
    return { ...token, assets };
  }
}

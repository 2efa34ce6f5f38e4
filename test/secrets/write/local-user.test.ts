import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTokenWriter } from "../../../src/secrets/write/token-writer.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

// What another user can prepare in a folder that everybody can write.

const [old, fresh] = [new Secret(fakeToken("old")), new Secret(fakeToken("fresh"))];

const aPlace = () => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-open-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o777);
  const path = join(folder, "token");
  writeFileSync(path, fakeToken("old"), { mode: 0o600 });
  const victim = join(folder, "victim");
  writeFileSync(victim, "only for the bot", { mode: 0o600 });
  const writer = createTokenWriter({ env: {}, ownSecretNames: [] });
  return { path, kept: `${path}.previous`, victim, writer, target: { kind: "file", path } as const };
};

describe("a prepared .previous", () => {
  it.each([
    ["a symbolic link", symlinkSync],
    ["a hard link", linkSync],
  ])("that is %s is replaced, and its file stays as it was", async (_, link) => {
    const { path, kept, victim, writer, target } = aPlace();
    link(victim, kept);
    expect(await writer.save(target, fresh, old)).toEqual({ ok: true });
    expect([readFileSync(victim, "utf8"), readFileSync(path, "utf8")]).toEqual([
      "only for the bot",
      fakeToken("fresh"),
    ]);
    expect([readFileSync(kept, "utf8"), statSync(kept).mode & 0o777]).toEqual([fakeToken("old"), 0o600]);
  });

  it("that is a folder stops the save, and the old value stays", async () => {
    const { path, kept, writer, target } = aPlace();
    mkdirSync(kept);
    expect(await writer.save(target, fresh, old)).toMatchObject({ ok: false, kind: "failed" });
    expect(readFileSync(path, "utf8")).toBe(fakeToken("old"));
  });

  it("that became a link after the save is neither read nor put back", async () => {
    const { path, kept, victim, writer, target } = aPlace();
    await writer.save(target, fresh, old);
    rmSync(kept);
    symlinkSync(victim, kept);
    expect(await writer.previous(target)).toMatchObject({ ok: false });
    expect(await writer.putBack(target, fingerprintOf(fresh))).toMatchObject({ ok: false, kind: "failed" });
    expect(readFileSync(path, "utf8")).toBe(fakeToken("fresh"));
  });
});

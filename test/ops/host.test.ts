import { describe, expect, it } from "vitest";
import { isLoopbackAddress, namesLoopback } from "../../src/ops/host.ts";

describe("a Host header", () => {
  it.each([
    "localhost",
    "LOCALHOST:9464",
    "127.0.0.1",
    "127.0.0.1:9464",
    "127.8.9.10:80",
    "[::1]",
    "[::1]:9464",
    "[::ffff:127.0.0.1]:9464",
    "Bot-Host:9464",
  ])("%s names this machine", (host) => {
    expect(namesLoopback(host, "bot-host")).toBe(true);
  });

  it.each([
    undefined,
    "",
    ":9464",
    "rebind.example.com",
    "rebind.example.com:9464",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "evil.localhost",
    "example.com#@127.0.0.1",
    "evil@127.0.0.1",
    "10.0.0.7",
    "0.0.0.0",
    "[::]",
    "[::2]",
    "::1",
    "1127.0.0.1",
    "127.0.0.1:9464:9464",
    "localhost:abc",
  ])("%s does not name this machine", (host) => {
    expect(namesLoopback(host, "bot-host")).toBe(false);
  });
});

describe("an address", () => {
  it.each(["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])("%s is loopback", (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  });

  it.each(["0.0.0.0", "::", "10.127.0.1", "192.168.0.1", "fe80::1", "::12", ""])("%s is not loopback", (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  });
});

// The baseline for bench/rounds.ts, in its own process: `bare-loop.ts <base URL> <calls> <in flight>`. It makes these
// /debug_token calls with undici and JSON.parse, and prints the milliseconds as one line of JSON.
import { Agent } from "undici";

const [baseUrl = "", calls = "", inFlight = ""] = process.argv.slice(2);
const dispatcher = new Agent({ connections: Number(inFlight) });
const path = `/v26.0/debug_token?input_token=${"EAA".padEnd(183, "x1")}`;

const call = async (): Promise<void> => {
  const { body } = await dispatcher.request({
    origin: baseUrl,
    path,
    method: "GET",
    headers: { authorization: "Bearer 1|x" },
  });
  const answer: unknown = JSON.parse(await body.text());
  if (answer === null) throw new Error("no answer");
};

let left = Number(calls);
const loop = async (): Promise<void> => {
  while (left-- > 0) await call();
};
console.log("bare loop starts");
const startedMs = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, loop));
console.log(JSON.stringify({ loopMs: performance.now() - startedMs }));
await dispatcher.destroy();

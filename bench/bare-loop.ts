// The baseline for bench/rounds.ts, in its own process: `bare-loop.ts <base URL> <calls> <in flight>`. It makes these
// /debug_token calls with undici and JSON.parse, and prints the milliseconds as one line of JSON.
import { openBareCall } from "./bare-call.ts";

const [baseUrl = "", calls = "", inFlight = ""] = process.argv.slice(2);
const { dispatcher, call } = openBareCall(baseUrl, Number(inFlight));

let left = Number(calls);
const loop = async (): Promise<void> => {
  while (left-- > 0) await call();
};
console.log("bare loop starts");
const startedMs = performance.now();
await Promise.all(Array.from({ length: Number(inFlight) }, loop));
console.log(JSON.stringify({ loopMs: performance.now() - startedMs }));
await dispatcher.destroy();

// Loaded into a child process with `--import`. Its clock is wrong by CLOCK_SHIFT_MS, as on a machine whose clock was
// never set.
const shiftMs = Number(process.env["CLOCK_SHIFT_MS"]);
const shiftedNow = (): number => RightDate.now() + shiftMs;
const RightDate = Date;

globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], asked) =>
    Reflect.construct(target, given.length === 0 ? [shiftedNow()] : given, asked),
  apply: () => new RightDate(shiftedNow()).toString(),
  get: (target, key, asked) => (key === "now" ? shiftedNow : Reflect.get(target, key, asked)),
});

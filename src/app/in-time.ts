export { inTime } from "../token/in-time.ts";

/** A line of figures in the output of a test run. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Prints a line of figures into the output of a test run. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

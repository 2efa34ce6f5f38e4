import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take long although they are small, in the order in which they start. A worker that began one of them last
 * would finish alone. Files that wait for a clock stand between files that keep the processor busy.
 */
const SLOW = [
  "test/crash/full-disk.test.ts",
  "test/crash/kill.test.ts",
  "test/flows/people/company-network.test.ts",
  "test/outbox/walk.test.ts",
  "test/flows/running/restart.test.ts",
  "test/sandbox/page/timeline/forecast.test.ts",
  "test/crash/lost-replies.test.ts",
  "test/sandbox/page/world/world-actions.test.ts",
  "test/flows/running/process.test.ts",
  "test/watch/time-travel.test.ts",
  "test/flows/people/attack.test.ts",
  "test/crash/renewal/renewal-kill.test.ts",
  "test/flows/people/bad-input.test.ts",
  "test/cli/process.test.ts",
  "test/flows/people/canary.test.ts",
  "test/docs/new-kind.test.ts",
  "test/sandbox/demo/main.test.ts",
  "test/sandbox/page/stories/stories.test.ts",
  "test/flows/running/postgres-restart.test.ts",
  "test/flows/running/postgres-transitions.test.ts",
  "test/crash/postgres-kill.test.ts",
  "test/store/postgres/postgres-contract.test.ts",
];

/** The files of the first project wait longest, so files of the second fill the gaps at its end. */
const PROJECTS = ["postgres", "journeys", "page", "unit"];

/** Starts the slow files of each project first. A clean checkout has no record of durations, only sizes. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort.call(this, files);
    const projects = [...new Set(sorted.map(({ project }) => project))].toSorted(
      (a, b) => PROJECTS.indexOf(a.name) - PROJECTS.indexOf(b.name),
    );
    return projects.flatMap((one) => {
      const own = sorted.filter(({ project }) => project === one);
      const slow = own.filter((file) => rankOf(file) >= 0).toSorted((a, b) => rankOf(a) - rankOf(b));
      return [...slow, ...own.filter((file) => rankOf(file) < 0)];
    });
  }
}

const rankOf = ({ moduleId }: TestSpecification): number => SLOW.findIndex((name) => moduleId.endsWith(`/${name}`));

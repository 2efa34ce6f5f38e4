import type { ModalView } from "../page/protocol/slack-snapshot.ts";
import type { Person, Target } from "../slack/people/driver.ts";
import type { Teller } from "./teller.ts";

/** Writes each action of a person to the terminal before it happens. A typed text may be a token, so it is not shown. */
export function watchedPerson(person: Person, tell: Teller, modal: () => ModalView | null): Person {
  const presses = `${person.realName.split(" ", 1)[0] ?? person.name} presses`;
  const types = presses.replace(/presses$/, "types");
  return {
    ...person,
    runCommand: async (line) => {
      await tell.act(types, [line.command, line.text].join(" ").trim());
      return person.runCommand(line);
    },
    click: async (target, options) => {
      await tell.act(presses, `[ ${labelOf(target)} ]`);
      return person.click(target, options);
    },
    submit: async () => {
      const form = modal();
      if (form !== null) await tell.modal(form);
      await tell.act(presses, `[ ${form?.submit ?? "Submit"} ]`);
      return person.submit();
    },
  };
}

function labelOf(target: Target): string {
  return typeof target === "object" && typeof target.text === "string" ? target.text : "the button";
}

import type { Clock } from "../../clock.ts";
import type { Deliver } from "../deliver.ts";
import type { Directory, PersonIdentity } from "../directory.ts";
import type { Messages } from "../messages.ts";
import type { Answer, WorkspaceRecord } from "../record.ts";
import type { Refuse } from "../refusal.ts";
import type { ResponseUrls } from "../response-url.ts";
import type { Triggers } from "../triggers.ts";
import type { ViewStore } from "../views/store.ts";
import type { Notice, Outcome } from "./driver.ts";

export interface Session extends SlackParts {
  readonly who: PersonIdentity;
  readonly notices: Notice[];
}

/** Shows the person the message that Slack shows when the app fails. */
export function notify(session: Session, error: string): void {
  const text = SENTENCES[error] ?? "We had some trouble connecting. Try again?";
  session.notices.push({ at: session.clock.now(), error, text });
  session.record.add({ type: "seen" });
}

/** The failure that the person sees when the app did not acknowledge; undefined when it did. */
export function failureOf(session: Session, answer: Answer): Outcome | undefined {
  switch (answer.kind) {
    case "acked":
      return undefined;
    case "timeout":
      notify(session, "operation_timeout");
      return { kind: "failed", error: "operation_timeout", reason: "the app did not acknowledge in time" };
    case "failed":
      notify(session, "dispatch_failed");
      return { kind: "failed", error: "dispatch_failed", reason: answer.reason };
  }
}

/** The parts of Slack that a person's client uses. */
interface SlackParts {
  readonly url: string;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly views: ViewStore;
  readonly messages: Messages;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly deliver: Deliver;
  readonly refuse: Refuse;
  readonly record: WorkspaceRecord;
}

const SENTENCES: Readonly<Record<string, string>> = {
  operation_timeout: "That failed with the error “operation_timeout”.",
  dispatch_failed: "That failed because the app did not respond.",
};

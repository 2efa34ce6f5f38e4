import type { Renewals, SlackDeps } from "../requests/deps.ts";
import { type Way, WAYS } from "../../renewal/renewal.ts";
import { words } from "../../words/words.ts";
import { noticeSpans, privateModal } from "../kit/notice-view.ts";
import type { ActionRequest, SubmissionRequest } from "../requests/request.ts";
import { changeView, showInView } from "../requests/show.ts";
import type { Begin } from "./begin.ts";
import { RENEW_WAY } from "./ids.ts";
import { openForm } from "./open-form.ts";
import { lookingView, renewView, startingView } from "./renew-view.ts";
import { renewedMessage, renewedView } from "./result-view.ts";

/** "Renew…": opens the dialog at once, then shows what is possible. */
export function createOpenRenew(begin: Begin) {
  return async (request: ActionRequest, deps: SlackDeps): Promise<void> => {
    await request.ack();
    const begun = await begin(request.person, deps, request.value);
    if (!begun.ok) return request.reply(noticeSpans(begun.refusal));
    const { card, renewals } = begun;
    const viewId = await openForm(request, deps, lookingView(card.name));
    if (viewId === undefined) return;
    const ways = await possibleWays(renewals, card.name);
    await changeView(deps, viewId, renewView(card.name, ways, deps.timezone));
  };
}

/** The submitted dialog: "starting" at once, then the result. */
export function createSubmitRenew(begin: Begin) {
  return async (request: SubmissionRequest, deps: SlackDeps): Promise<void> => {
    const { person, metadata, values, ack } = request;
    const begun = await begin(person, deps, metadata);
    if (!begun.ok) return ack({ response_action: "update", view: privateModal(noticeSpans(begun.refusal)) });
    const { card, renewals, by } = begun;
    const way = wayIn(values.find(({ blockId }) => blockId === RENEW_WAY)?.value);
    if (way === undefined)
      return ack({ response_action: "errors", errors: { [RENEW_WAY]: words.renewal.forms.noWay } });
    await ack({ response_action: "update", view: startingView() });
    const renewed = await renewals.renewer.start(card.name, way, by);
    const options = { renewed, attempt: "renew", offered: renewals.offered, timezone: deps.timezone } as const;
    await showInView(deps, request, renewedView(options), renewedMessage(options));
  };
}

/** What prevents each way now. */
async function possibleWays({ renewer }: Renewals, watch: string) {
  const [refresh, given] = await Promise.all(
    (["refresh", "given"] as const).map(async (way) => {
      const prepared = await renewer.prepare(watch, way);
      return prepared.ok ? null : prepared.obstacle;
    }),
  );
  return { refresh: refresh ?? null, given: given ?? null };
}

function wayIn(value: string | undefined): Way | undefined {
  return WAYS.find((way) => way === value);
}

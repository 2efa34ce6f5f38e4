import fc from "fast-check";
import { expect, it } from "vitest";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { isViewTooLarge, viewProblems } from "../../../sandbox/slack/limits/view.ts";
import { RENEWAL_ACTIONS } from "../../../src/renewal/audit.ts";
import type { Obstacle } from "../../../src/renewal/renewer.ts";
import { pasteView } from "../../../src/slack/renewal/paste-view.ts";
import { lookingView, renewView, startingView } from "../../../src/slack/renewal/renew-view.ts";
import { renewedMessage, renewedView } from "../../../src/slack/renewal/result-view.ts";
import { aCard } from "../../support/builders.ts";
import { aRenewal, aStep, RENEWALS } from "../../support/renewals.ts";

const foreign = fc.constantFrom(
  "",
  " ",
  "<!channel>",
  "&<>".repeat(3_000),
  "🚀".repeat(3_000),
  "`*_~".repeat(900),
  "a\nb",
);

it("Slack takes every dialog and answer with any texts, and reads no mention in them", () => {
  fc.assert(
    fc.property(foreign, foreign, fc.constantFrom(...RENEWAL_ACTIONS), (name, message, attempt) => {
      const card = aCard({ name, source: message, channel: message });
      const renewal = aRenewal({
        watch: name,
        card,
        steps: [
          aStep("obtain", { kind: "pasted" }),
          aStep(
            "test",
            { kind: "findings", codes: ["wrong_app"], texts: [message, name, message, name] },
            { state: "failed" },
          ),
        ],
        checklist: [{ item: "permission", name: message, proven: false }],
      });
      const open: Obstacle = { kind: "already_open", renewal };
      const offered = () => ["paste", "cancel"] as const;
      const options = { attempt, offered, removed: ["quotation marks"], timezone: "UTC" } as const;
      const views = [
        lookingView(name),
        startingView(),
        renewView(name, { refresh: { kind: "cannot_write", message }, given: null }, "UTC"),
        renewView(name, { refresh: open, given: { kind: "not_known", message } }, "UTC"),
        pasteView(renewal, "ab"),
        renewedView({ ...options, renewed: { ok: true, renewal } }),
        renewedView({ ...options, renewed: { ok: false, obstacle: open } }),
      ];
      for (const view of views) {
        // The watchlist limits names, so the metadata is not the matter here.
        const { private_metadata: _name, ...shown } = view;
        expect(viewProblems({ ...shown }, "modal")).toEqual([]);
        expect(isViewTooLarge({ ...shown })).toBe(false);
        expect(JSON.stringify(shown)).not.toContain("<!channel>");
      }
      const direct = renewedMessage({ ...options, renewed: { ok: true, renewal } });
      expect(messageRefusal({ text: direct.text, blocks: [...direct.blocks] }, "post")).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

it.each(Object.keys(RENEWALS))(
  "the private answer about a renewal has its whole text for screen readers: %s",
  (name) => {
    const renewal = RENEWALS[name] ?? aRenewal();
    const { text, blocks } = renewedMessage({
      renewed: { ok: true, renewal },
      attempt: "paste",
      offered: () => [],
      timezone: "UTC",
    });
    const seen = blocks.flatMap((block) => (block.type === "section" ? (block.text?.text ?? "") : []));
    for (const part of seen) expect(text).toContain(part);
  },
);

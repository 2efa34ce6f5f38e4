import { SERVICES } from "../../protocol/world-view.ts";
import { usePage, useStore } from "../state/use-page.ts";
import { FAULT_WORDS, faultEffect, SERVICE_NAMES } from "../world/words.ts";

/** A line for each fault that is on. Without it, a press that nothing follows looks like a fault of the bot. */
export function FaultNotes() {
  const { change } = useStore();
  const { world } = usePage().stream;
  if (world === undefined) return null;
  return SERVICES.map((service) => {
    const fault = world.faults[service];
    return fault === null ? null : (
      <p key={service} className="pg-fault">
        <b>
          {SERVICE_NAMES[service]}: {FAULT_WORDS[fault]}.
        </b>{" "}
        {faultEffect(service, fault)} Switch this off in{" "}
        <button type="button" className="pg-link" onClick={() => change({ panel: "world" })}>
          World
        </button>
        .
      </p>
    );
  });
}

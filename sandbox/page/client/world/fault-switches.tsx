import { FAULTS, type Service, SERVICES, type WorldView } from "../../protocol/world-view.ts";
import { usePress } from "../state/use-press.ts";
import { useRequest } from "../state/use-request.ts";
import { FAULT_WORDS, SERVICE_WORDS } from "./words.ts";

/** Switches for the faults of Meta and Slack. A fault lasts until it is switched off. */
export function FaultSwitches({ faults, disabled }: Omit<ServiceProps, "service">) {
  return SERVICES.map((service) => (
    <ServiceSwitches key={service} service={service} faults={faults} disabled={disabled} />
  ));
}

interface ServiceProps {
  readonly service: Service;
  readonly faults: WorldView["faults"];
  readonly disabled: boolean;
}

function ServiceSwitches({ service, faults, disabled }: ServiceProps) {
  const ask = useRequest();
  const { busy, press } = usePress();
  const on = faults[service];
  return (
    <fieldset className="wd-service" disabled={disabled}>
      <legend>
        {SERVICE_WORDS[service]} <span data-fault={on !== null}>{on === null ? "works" : FAULT_WORDS[on]}</span>
      </legend>
      {FAULTS.map((fault) => (
        <button
          key={fault}
          type="button"
          role="switch"
          aria-checked={on === fault}
          aria-disabled={busy}
          className="wd-switch"
          onClick={() => press(() => ask("/api/world/fault", { service, fault: on === fault ? null : fault }))}
        >
          {FAULT_WORDS[fault]}
        </button>
      ))}
    </fieldset>
  );
}

import type { PersonView } from "../../protocol/slack-snapshot.ts";
import { usePage, useSlack, useStore } from "../state/use-page.ts";
import { Avatar } from "./avatar.tsx";

/** Switches to another person's view. One person's private messages do not appear in the other's view. */
export function PeopleSwitch() {
  const { viewer, people } = useSlack();
  const { connect, change } = useStore();
  const { wished } = usePage();
  const choose = (id: string): void => {
    change({ thread: undefined, toasts: [] });
    connect(id);
  };
  return (
    <fieldset className="pg-people">
      <legend className="pg-hidden">You are</legend>
      {people.map((person) => (
        <label key={person.id} title={label(person)}>
          <input
            type="radio"
            name="viewer"
            aria-label={label(person)}
            checked={person.id === (wished === "" ? viewer.id : wished)}
            onChange={() => choose(person.id)}
          />
          <Avatar id={person.id} name={person.name} small />
          <span>
            {person.name}
            {person.outsider ? <small>outside</small> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function label({ realName, team, outsider }: PersonView): string {
  return outsider ? `${realName}, from the organisation ${team}` : `${realName}, from this workspace`;
}

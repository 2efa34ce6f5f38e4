import { useSlack } from "../state/use-page.ts";

/** A person's first letter, or the bot's symbol. The name is always next to it as text. */
export function Avatar({ id, name, small = false }: AvatarProps) {
  const { bot, people } = useSlack();
  const index = people.findIndex((person) => person.id === id);
  return (
    <span
      className="pg-avatar"
      data-small={small}
      data-colour={id === bot.id ? "bot" : String(index % 4)}
      aria-hidden="true"
    >
      {id === bot.id ? "✓" : name.slice(0, 1).toUpperCase()}
    </span>
  );
}

interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly small?: boolean;
}

import { useSlack } from "../state/use-page.ts";

/** What this workspace calls a person or the bot. */
export function useNameOf(): (id: string) => string {
  const { bot, people } = useSlack();
  return (id) => (id === bot.id ? bot.name : (people.find((person) => person.id === id)?.realName ?? id));
}

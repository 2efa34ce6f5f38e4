import { useSlack } from "../state/use-page.ts";

/** The display name of a person or the bot in this workspace. */
export function useNameOf(): (id: string) => string {
  const { bot, people } = useSlack();
  return (id) => (id === bot.id ? bot.name : (people.find((person) => person.id === id)?.realName ?? id));
}

/** The people and channels of the workspace. emulate generates their ids at each start, so look them up by name. */
export interface PersonIdentity {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly teamDomain: string;
  readonly outsider: boolean;
  /** Id of the person's conversation with the bot. */
  readonly dmChannel: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly shared: boolean;
  botIsMember: boolean;
}

export interface Directory {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly people: readonly PersonIdentity[];
  readonly channels: readonly Channel[];
  /** Finds a channel by id or name, with or without `#`; undefined for a DM or an unknown channel. */
  readonly findChannel: (idOrName: string) => Channel | undefined;
  readonly findPerson: (idOrName: string) => PersonIdentity | undefined;
}

export function createDirectory(
  ids: Omit<Directory, "findChannel" | "findPerson" | "people" | "channels">,
  people: readonly PersonIdentity[],
  channels: readonly Channel[],
): Directory {
  return {
    ...ids,
    people,
    channels,
    findChannel: (idOrName) => {
      const name = idOrName.replace(/^#/, "");
      return channels.find((channel) => channel.id === idOrName || channel.name === name);
    },
    findPerson: (idOrName) => people.find((person) => person.id === idOrName || person.name === idOrName),
  };
}

import { Agent } from "undici";

/** A bare `/debug_token` call of undici with JSON.parse: the least that any inspection needs. */
export const openBareCall = (baseUrl: string, connections: number) => {
  const dispatcher = new Agent({ connections });
  const path = `/v26.0/debug_token?input_token=${"EAA".padEnd(183, "x1")}`;
  const call = async (): Promise<void> => {
    const { body } = await dispatcher.request({
      origin: baseUrl,
      path,
      method: "GET",
      headers: { authorization: "Bearer 1|x" },
    });
    const answer: unknown = JSON.parse(await body.text());
    if (answer === null) throw new Error("no answer");
  };
  return { dispatcher, call };
};
